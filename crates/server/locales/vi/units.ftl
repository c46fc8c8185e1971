# Đơn vị, quan hệ, thôn bản.

units-title = Đơn vị
units-sub = Mỗi quan hệ có ngày bắt đầu và kết thúc. Đổi tên, chuyển cấp quản lý không sửa hồ sơ của người dân nào.
units-senses = Quan hệ
units-on = Cây tại ngày
units-bad-day = “{ $typed }” không phải một ngày. Viết như 16/01/2026.
units-none = Vào ngày đó chưa có đơn vị nào trong phạm vi
units-none-what = Chọn một ngày khác.
units-name = Đơn vị
units-kind = Loại
units-code = Mã cơ sở
units-under = Thuộc
units-areas = Thôn, bản
units-state = Trạng thái
units-open = Đang hoạt động
units-closed = Đóng từ { $day }
units-changes = Đổi từ { $day }

relation-administrative = Hành chính
relation-professional = Chuyên môn
relation-reporting = Báo cáo
relation-site_of = Điểm của

unit-kind-station = Trạm Y tế
unit-kind-sub_station = Điểm trạm
unit-kind-regional_centre = Trung tâm Y tế khu vực
unit-kind-department = Khoa, phòng
unit-kind-commune_committee = UBND cấp xã
unit-kind-province_committee = UBND cấp tỉnh
unit-kind-cdc = CDC tỉnh
unit-kind-health_department = Sở Y tế
unit-kind-other = Đơn vị khác

unit-parents = Thuộc
unit-children = Đơn vị bên dưới
unit-no-relation = Chưa có.
unit-sense = Quan hệ
unit-from = Từ ngày
unit-to = Đến hết ngày
unit-holds = Đang có
unit-ended = Đã hết
unit-to-come = Sắp tới
unit-villages = Thôn, bản phụ trách ({ $n })
unit-no-village = Chưa phụ trách thôn, bản nào.
unit-about = Thông tin
unit-no-code = chưa có
unit-commune = Địa bàn
unit-commune-code = mã { $code }
unit-predecessors = Gồm các xã trước đây
unit-part = một phần
unit-names = Tên trước đây
unit-name-until = đến hết { $day }

unit-form-name = Đổi tên
unit-form-relation = Chuyển quan hệ
unit-form-areas = Thêm thôn, bản
unit-button-name = Ghi tên mới
unit-button-relation = Xem trước
unit-button-areas = Thêm
unit-new-name = Tên mới, từ hôm nay
unit-document = Căn cứ
unit-new-parent = Sang thuộc
unit-parent-hint = Gõ tên đơn vị. Quan hệ cùng loại đang có sẽ kết thúc vào ngày này.
unit-no-parent = không đơn vị nào
unit-choose-parent = Hãy chọn đơn vị mới, hoặc “không đơn vị nào”.
unit-transfer-preview = Từ { $day }, về { $sense }, { $unit } thôi thuộc { $from } và thuộc { $to }. Không hồ sơ nào bị sửa.
unit-bad-name = Tên không được để trống hoặc chứa ký tự ẩn.
unit-same-name = Tên mới giống tên đang dùng.
unit-under-itself = Đơn vị không thể thuộc chính nó hay thuộc đơn vị bên dưới nó.
unit-ones-own = Không tự chuyển được đơn vị mình đang làm việc: việc này do đơn vị cấp trên làm.
unit-already-under = Đơn vị đang thuộc đúng nơi này rồi.
unit-nothing-to-end = Không có quan hệ nào loại này đang có vào ngày đó.

village-name = Tên thôn, bản
village-kind = Gọi là
village-kind-usual = thôn
village-kind-hint = thôn, bản, tổ dân phố…
village-commune = Mã xã
village-bad-commune = Không có xã nào mang mã này vào ngày đó.

done-unit-renamed = Đã ghi tên mới; tên cũ nằm trong lịch sử.
done-unit-moved = Đã ghi thay đổi quan hệ.
done-unit-village = Đã thêm thôn, bản.

# Dòng lệnh.
unit-name = Đơn vị
unit-kind = Loại
unit-areas = Thôn, bản
