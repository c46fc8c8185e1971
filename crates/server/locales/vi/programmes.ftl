# Chương trình và phiếu: danh sách, sổ, phiếu ghi, đưa vào và kết thúc quản lý.

menu-programmes = Chương trình
programmes-title = Chương trình quản lý sức khỏe
programmes-sub = Mỗi chương trình đang quản lý bao nhiêu người, ai đến hạn, ai quá hạn.
programmes-none = Chưa có chương trình nào
programmes-none-what = Chương trình được khai trong định nghĩa (thư mục programmes).
programme = Chương trình
programme-followed = Đang quản lý
programme-due = Đến hạn
programme-overdue = Quá hạn
programme-lost = Mất dấu
programme-proposed = Cần xem xét
programme-ended = Đã kết thúc
programme-parts = Phần của sổ
programme-sub = { $n } người đang quản lý.
programme-next = Lần tới
programme-since = Từ ngày
programme-since-day = Đang quản lý từ { $day }
programme-state = Tình trạng
programme-not-followed = Không trong quản lý
programme-standing = Tình trạng quản lý
programme-episodes = Các lần trước
programme-found-on = Phát hiện
programme-empty = Không có ai
programme-empty-what = Không có người nào ở phần này của sổ. Thử phần khác hoặc thôn khác.
programme-proposed-none = Không có ai có kết quả cần xem xét mà chưa được quản lý.
programme-lost-word = mất dấu
programme-away = Đã chuyển đi, chưa kết thúc quản lý
programme-died = Tử vong
programme-enrol = Đưa vào quản lý
programme-enrol-title = Đưa vào quản lý: { $programme }
programme-leave = Kết thúc quản lý
programme-leave-title = Kết thúc quản lý: { $programme }
programme-leave-lead = Từ ngày này không còn hẹn khám trong chương trình. Phiếu đã ghi vẫn giữ nguyên.
programme-leave-save = Kết thúc
programme-as-last = như lần trước
programme-entries = Các phiếu đã ghi
programme-no-entry = Chưa có phiếu nào
programme-no-chart = Chưa đủ hai lần đo để vẽ diễn biến.
programme-form = Phiếu
programme-excel = Ghi phiếu bằng Excel
programme-excel-what = Tải tệp mẫu của phiếu, điền mỗi lần khám một dòng, rồi đưa tệp vào phần mềm ở trang
programme-excel-import = Nhập danh sách từ Excel
programme-register-title = Sổ quản lý: { $programme }
programme-section = Chương trình
programme-open = Mở sổ
programme-none-here = Không trong chương trình nào.
programme-take-in = Đưa vào chương trình

form-yes = Có
form-no = Không
form-required = Ô có dấu * phải ghi.
form-before = Các lần trước
form-before-none = Chưa có lần đo nào.
form-measure = Chỉ số
form-correct = Sửa
form-correct-title = Sửa phiếu: { $form }
form-advice = Cần làm
f-source = Nguồn phát hiện
f-ending = Kết quả

done-entry = Đã ghi phiếu.
done-enrolled = Đã đưa vào quản lý.
done-left = Đã kết thúc quản lý.

form-unknown = Không có phiếu này trong định nghĩa đang dùng. Mở lại từ trang của chương trình.
form-entry-gone = Phiếu cần sửa không còn: đã được sửa hoặc rút lại ở nơi khác. Mở lại hồ sơ rồi sửa phiếu mới nhất.
form-not-for-them = Phiếu “{ $form }” không dành cho tuổi hoặc giới của người này.
form-empty = Phiếu chưa có câu trả lời nào.
form-choose = Chọn một mục trong danh sách.
form-yes-or-no = Trả lời có hoặc không.
form-not-a-number = “{ $typed }” không phải là số. Ghi số, phần lẻ sau dấu phẩy: 3,25.
form-decimals = { $decimals ->
    [0] Ghi số nguyên, không có phần lẻ.
   *[other] Ghi nhiều nhất { $decimals } chữ số sau dấu phẩy.
 }
form-impossible = { $typed } không thể có: từ { $low } đến { $high } { $unit }.
form-two-readings = “{ $typed }” có thể đọc là { $one } hoặc { $other }. Ghi lại bằng dấu phẩy cho phần lẻ.
form-day-after = Ngày này sau ngày ghi phiếu ({ $on }).
form-day-before = Ngày hẹn phải sau ngày ghi phiếu ({ $on }).
form-advised = Cần làm: { $text }
form-refused = { $text }
form-warned = { $text }
form-unusual = { $field } { $value } khác thường ở tuổi này (thường từ { $low } đến { $high }). Xem lại số đã ghi.
form-same-day = Người này đã có phiếu “{ $form }” trong ngày. Lưu nữa sẽ thành hai phiếu.
programme-unknown = Không có chương trình này trong định nghĩa đang dùng.
programme-not-for-them = Chương trình “{ $programme }” không dành cho tuổi hoặc giới của người này.
programme-already = Người này đang được quản lý trong chương trình từ { $from }.
programme-not-in = Người này không trong quản lý của chương trình vào ngày đã chọn.

fact-FormRecorded = Phiếu
fact-ProgrammeEnrolled = Vào quản lý
fact-ProgrammeLeft = Kết thúc quản lý
line-corrects = sửa phiếu trước
programme-to-see = cần xem xét
form-not-enrolled = Người này không trong quản lý của chương trình “{ $programme }” vào ngày { $on }: phiếu được giữ, nhưng không có hẹn lần sau.
