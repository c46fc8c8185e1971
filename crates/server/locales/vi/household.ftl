# Hộ gia đình.

households-title = Hộ gia đình
households-sub = Mỗi thôn, bản một danh sách, xếp theo số hộ.
households-show = Xem
households-none = Thôn, bản này chưa có hộ nào
households-none-what = Hộ được lập ở đây, hoặc khi nhập danh sách từ Excel.
households-total = { $n } hộ, { $people } người
household-new = Lập hộ mới
household-new-sub = Số hộ chỉ cần khác nhau trong một thôn, bản.
household-new-save = Lập hộ
household-edit = Sửa hộ
household-edit-save = Lưu hộ
household-print = In phiếu hộ
household-print-title = Phiếu hộ gia đình
household-add-person = Thêm người
household-named = Hộ { $name }
household-nameless = Hộ chưa có số
household-word = Hộ
household-members = Người trong hộ và việc tới hạn
household-empty = Chưa có ai trong hộ này.
household-past = Người từng ở trong hộ
household-insured = BHYT còn hạn: { $n }/{ $of } người
household-open = Lập hộ mới mang số này
household-unknown = Chưa có hộ số { $code } ở thôn, bản này.
household-several = Có nhiều hộ cùng số { $code } ở thôn, bản này. Hãy gõ tên chủ hộ rồi chọn trong danh sách.
household-code-taken = Số hộ { $code } đã có ở thôn, bản này.

f-code = Số hộ
f-code-hint = Như ghi trên sổ hộ
f-address = Địa chỉ chi tiết
f-address-hint = Xóm, số nhà, mốc dễ tìm
f-poverty = Diện hộ

col-head = Chủ hộ
col-members = Số người
col-sex-years = Giới, tuổi
col-immunisation = Tiêm chủng
col-missing = Thông tin thiếu
col-from = Từ ngày
col-to = Đến ngày
insurance-none = Chưa ghi thẻ
insurance-expired = Hết hạn { $day }
missing-citizen = số CCCD
missing-birth-day = ngày sinh đầy đủ

done-household-added = Đã lập hộ. Bây giờ có thể thêm người.
done-household-amended = Đã lưu hộ.

f-doctor = Bác sĩ gia đình
household-assign = Giao hộ cho bác sĩ gia đình
household-assign-what = Các hộ của thôn này chưa có bác sĩ gia đình sẽ do người được chọn theo dõi. Sau này đổi từng hộ ở trang sửa hộ.
household-assign-all = Cả những hộ đã có người khác theo dõi
household-assign-save = Giao các hộ
household-doctor-unknown = Chọn bác sĩ trong danh sách: người đang làm việc ở đơn vị này.
done-doctor = Đã giao các hộ cho bác sĩ gia đình.
