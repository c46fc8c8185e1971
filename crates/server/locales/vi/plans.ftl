# Kế hoạch và bảng chỉ tiêu kế hoạch.

plans-title = Kế hoạch
plans-sub = Kế hoạch của đơn vị, của cấp trên và của các đơn vị trong phạm vi.
plans-new = Lập kế hoạch
plans-none = Chưa có kế hoạch nào
plans-none-what = Gõ bảng chỉ tiêu của kế hoạch một lần; phần mềm so với thực hiện từ hồ sơ mỗi khi mở.
plans-name = Tên kế hoạch
plans-year = Năm
plans-number = Số, ký hiệu
plans-unit = Đơn vị
plans-targets = Chỉ tiêu

plan-context = { $unit }, năm { $year }. Thực hiện của { $counted }, tính đến { $day }.
plan-source = Văn bản: { $source }
plan-empty = Kế hoạch chưa có chỉ tiêu nào
plan-empty-what = Bấm “Sửa bảng chỉ tiêu” để gõ các dòng.
plan-edit = Sửa bảng chỉ tiêu
plan-targets = Bảng chỉ tiêu
plan-col-name = Chỉ tiêu
plan-col-before = Kết quả { $year }
plan-col-target = Kế hoạch
plan-col-actual = Thực hiện
plan-col-gap = Chênh lệch
plan-col-progress = Tiến độ
plan-col-months = Các tháng
plan-col-assessment = Đánh giá
plan-line = dòng { $n }
plan-corrected = Văn bản ghi { $written }; đã xác nhận nghĩa là { $meant }.
plan-no-indicator = chưa có cách tính trong phần mềm
plan-progress = { $actual }, kế hoạch { $target }
plan-key-goal = kế hoạch
plan-key-pace = phần năm đã qua ({ $percent } %), cho chỉ tiêu cộng dồn
plan-key-none = chưa có số liệu, không phải là 0
plan-key-open = Bấm vào tên chỉ tiêu: cách tính, theo nơi, danh sách

assess-met = Đạt
assess-near = Gần đạt
assess-not_met = Chưa đạt
assess-on_pace = Đúng tiến độ
assess-behind = Chậm tiến độ
assess-no_data = Chưa có số liệu

goal-soft = phấn đấu
goal-maintain = duy trì { $value }
goal-change = thay đổi { $value }/năm
goal-milestone = hoàn thành
goal-no-event = không để xảy ra

comparator-at_least = ≥ ít nhất
comparator-more_than = > trên
comparator-at_most = ≤ nhiều nhất
comparator-less_than = < dưới
comparator-equal = = đạt
comparator-between = từ … đến
comparator-maintain = duy trì
comparator-change_per_year = mức thay đổi mỗi năm
comparator-milestone = hoàn thành (mốc)
comparator-no_event = không để xảy ra

unit-name-percent = %
unit-name-per_mille = ‰
unit-name-per_10k = /10.000
unit-name-per_100k = /100.000
unit-name-per_hundred = /100
unit-name-count = số đếm

plan-edit-title = Sửa bảng chỉ tiêu
plan-edit-sub = Gõ như trong văn bản. Số lẻ dùng dấu phẩy hoặc dấu chấm. Ba loại cảnh báo được chỉ ra ngay dưới dòng.
plan-edit-hint = Dòng trống ở cuối bảng được bỏ qua. Hết chỗ thì bấm “Thêm dòng”; những gì đã gõ vẫn giữ nguyên.
plan-save = Lưu bảng chỉ tiêu
plan-check = Kiểm tra
plan-more = Thêm dòng
plan-leave = Bỏ qua
plan-source-label = Văn bản gốc
plan-source-hint = Tên văn bản, tệp hoặc nơi lưu, để đối chiếu từng dòng.
plan-reason = Lý do sửa
plan-reason-hint = Bắt buộc khi bỏ dòng.
plan-reason-missing = Bỏ dòng thì cần ghi lý do sửa.
plan-changed = Bảng này vừa được người khác sửa sau khi trang được mở. Hãy xem lại từng dòng rồi lưu lần nữa; những gì đã gõ vẫn còn ở đây.
plan-bad-title = Kế hoạch cần có tên.
plan-bad-year = Năm của kế hoạch viết bằng bốn chữ số, ví dụ 2026.
plan-checked = Đã kiểm tra: không còn cảnh báo nào chưa trả lời. Bảng chưa được lưu.
plan-warned = Còn { $n } dòng có cảnh báo chưa trả lời
plan-warned-what = Chưa lưu. Ở mỗi dòng, hãy sửa số, chọn đơn vị đúng, hoặc xác nhận đã xem và giữ như văn bản.
plan-warned-first = Tới dòng đầu tiên

grid-col-group = Nhóm; tính bằng
grid-col-how = So sánh; đơn vị
grid-col-value = Kế hoạch { $year }
grid-col-value2 = đến
grid-col-more = Mức; dòng
grid-col-note = Ghi chú
grid-col-drop = Bỏ
grid-row = dòng { $n }
grid-name = Tên chỉ tiêu, dòng { $n }
grid-indicator = Tính bằng
grid-comparator = So sánh
grid-unit = Đơn vị
grid-line = Dòng
grid-no-indicator = (chưa có cách tính)
grid-meant = Số này nghĩa là
grid-meant-open = (chọn)
grid-meant-written = { $value }, đúng như văn bản
grid-accept = Đã xem, giữ như văn bản

target-bad-name = Dòng này cần có tên chỉ tiêu.
target-bad-number = “{ $typed }” không phải một số. Viết như 94,4 hoặc 1.754.
target-bad-range = Chỉ tiêu “từ … đến” cần hai số, số sau lớn hơn.
target-bad-line = “{ $typed }” không phải số dòng.
warn-target-unit-slip = Có thể nhầm ‰ với %: kế hoạch { $value }, kết quả năm trước { $baseline }.
warn-target-worse-than-actual = Kế hoạch { $value } cao hơn kết quả năm trước { $baseline }; chỉ tiêu này càng thấp càng tốt.
warn-target-below-actual = Kế hoạch { $value } thấp hơn kết quả năm trước { $baseline }; chỉ tiêu này càng cao càng tốt.

done-plan-saved = Đã lưu bảng chỉ tiêu.
done-plan-same = Bảng không có gì thay đổi.
done-plan-added = Đã lập kế hoạch.

# Dòng lệnh.
target-row = STT
target-name = Chỉ tiêu
target-plan = Kế hoạch
target-actual = Thực hiện
target-gap = Chênh lệch
target-assessment = Đánh giá
