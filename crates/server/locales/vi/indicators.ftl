# Chỉ tiêu: bảng chung, một chỉ tiêu, danh sách phía sau một con số.

show = Xem
no-data = Chưa có số liệu
print-list = In danh sách
printed-at = In lúc { $at } · { $name }
valid-since = từ { $day }

numerator = Tử số
denominator = Mẫu số
missing = Còn thiếu

unit-percent = %
unit-points = điểm %
unit-per_mille = ‰
unit-per_hundred = /100
unit-per_10k = /10.000
unit-per_100k = /100.000
unit-count = số đếm
unit-full-percent = phần trăm (%)
unit-full-per_mille = phần nghìn (‰)
unit-full-per_hundred = trên 100
unit-full-per_10k = trên 10.000
unit-full-per_100k = trên 100.000
unit-full-count = số đếm

confidence-text = Theo văn bản
confidence-secondary = Theo tài liệu thứ cấp
confidence-unverified = Chưa đối chiếu văn bản

period-label = Kỳ
period-of-month = Tháng
period-of-quarter = Quý
period-of-half = 6 tháng
period-of-year = Năm
period-month = Tháng { $n }/{ $year }
period-quarter = Quý { $n }/{ $year }
period-half-1 = 6 tháng đầu năm { $year }
period-half-2 = 6 tháng cuối năm { $year }
period-year = Năm { $year }
period-before = ‹ Kỳ trước
period-after = Kỳ sau ›
period-bad = “{ $text }” không phải một kỳ. Viết 2026-01, 2026-Q1, 2026-H1 hoặc 2026.

figure-ordinary = Trong khoảng thường gặp
figure-unusual = Cần xem lại
figure-small = Số nhỏ
figure-of = { $n } trong { $of }
figure-why-few = Ghi số đếm vì mẫu số dưới { $least }: một người thêm hay bớt đã làm tỷ lệ đổi nhiều.
figure-why-events = Ghi số đếm vì dưới { $least } trường hợp: một trường hợp thêm hay bớt đã làm tỷ lệ đổi nhiều.
figure-range = thường từ { $low } đến { $high }

tally-ordinary = { $n } trong khoảng
tally-unusual = { $n } cần xem lại
tally-small = { $n } số nhỏ
tally-unknown = { $n } chưa có số liệu

indicators-title = Chỉ tiêu
indicators-title-of = Chỉ tiêu, { $period }
indicators-context = { $unit }, { $areas } thôn, bản. Số liệu tính đến { $day }.
indicators-running = Kỳ chưa hết: ngày thứ { $n } trong { $of } ngày.
indicators-unit = Nơi
indicators-tree = Theo cây tổ chức ngày
indicators-bad-day = “{ $typed }” không phải một ngày. Viết như 16/01/2026.
indicators-group-population = Dân số, hồ sơ, bảo hiểm y tế
indicators-group-vital = Sinh, chết, tăng tự nhiên
indicators-group-immunisation = Tiêm chủng
indicators-group-under_one = Trẻ dưới 1 tuổi
indicators-group-age = Dân số theo nhóm tuổi
indicators-group-household = Hộ gia đình
indicators-group-newborn = Cuộc đẻ, trẻ sơ sinh
indicators-group-migration = Đến, đi
indicators-group-doses = Từng mũi tiêm
indicators-group-hypertension = Tăng huyết áp
indicators-group-tuberculosis = Lao
indicators-group-diabetes = Đái tháo đường
indicators-group-ncd = Sàng lọc bệnh không lây nhiễm
indicators-group-lung = COPD, hen
indicators-group-mental = Sức khỏe tâm thần
indicators-group-hiv = HIV, methadone
indicators-group-elderly = Người cao tuổi
indicators-group-cancer = Sàng lọc ung thư
indicators-group-infection = Bệnh truyền nhiễm, phơi nhiễm dại
indicators-group-family_planning = Kế hoạch hóa gia đình
indicators-group-disability = Khuyết tật, phục hồi chức năng
indicators-group-child_health = Sàng lọc sơ sinh, vitamin A, tẩy giun
indicators-group-injury = Tai nạn thương tích
indicators-col-name = Chỉ tiêu
indicators-col-value = Giá trị
indicators-col-count = Số lượng
indicators-col-before = So kỳ trước
indicators-col-year-before = So cùng kỳ năm trước
indicators-col-months = 12 tháng
indicators-col-remark = Nhận xét
indicators-col-place = Nơi
indicators-spark = { $n } tháng có số liệu: từ { $from } đến { $to }
indicators-key-change = “–” ở cột so sánh: kỳ chưa hết, số nhỏ hoặc chưa có số liệu để so
indicators-key-open = Bấm vào tên: cách tính, theo nơi, theo thời gian, danh sách
indicators-future = Kỳ này chưa bắt đầu
indicators-future-what = Chọn một kỳ đã qua hoặc đang chạy.
indicators-no-areas = Vào ngày đó đơn vị chưa phụ trách thôn, bản nào
indicators-no-areas-what = Số liệu tính theo các thôn, bản mà đơn vị phụ trách vào ngày cuối kỳ. Có thể tính theo cây tổ chức của ngày khác.
indicators-tree-today = Tính theo cây tổ chức hôm nay
indicators-nobody = Chưa có người dân nào trong hồ sơ của kỳ này
indicators-nobody-what = Chưa đếm được ai không có nghĩa là bằng 0. Số liệu hiện ra khi có hồ sơ người dân.
indicators-source = Nguồn số liệu
indicators-until = Tính đến
indicators-tree-of = Cây tổ chức ngày
indicators-stations = Đơn vị phụ trách
indicators-areas = Thôn, bản

weakest-title = Nơi cần chú ý trước
weakest-act = Việc gợi ý
weakest-missing = { $n } người còn thiếu

one-context = { $place } · { $period } · tính đến { $day }
one-numbers = Hai con số của chỉ tiêu
one-no-data-what = Không đếm được ai trong kỳ này. Chưa phải là 0.
one-people-audited = Bấm vào số để mở danh sách. Mỗi lần mở được ghi vào nhật ký.
one-meaning = Cách tính
meaning-code = Mã
meaning-how = Cách tính
meaning-unit = Đơn vị tính
meaning-way = Chiều
meaning-usual = Khoảng thường gặp
meaning-source = Căn cứ
meaning-since = Hiệu lực
meaning-trust = Độ tin cậy
meaning-note = Ghi chú
meaning-unverified = Cách tính này chưa được đối chiếu với văn bản. Nên kiểm tra trước khi dùng trong báo cáo chính thức.
way-higher = Càng cao càng tốt
way-lower = Càng thấp càng tốt
way-range = Không có chiều tốt, xấu

drill-title = Theo nơi
drill-bar = So với mức chung
drill-against = { $value }, mức chung { $mean }
unfold = Mở { $name }
fold = Thu gọn { $name }

part-by-sex = Theo giới
part-by-age = Theo nhóm tuổi
part-sex = Giới
part-age = Nhóm tuổi
part-counts = Tử số / mẫu số
over-time = { $n } kỳ gần nhất
over-time-faint = Điểm rỗng: số nhỏ, chỉ để tham khảo.
over-time-chart = { $name }: biểu đồ theo thời gian, số liệu ở bảng bên dưới

known-title = Như đã biết đến một ngày
known-label = Đến hết ngày
known-hint = Tính lại chỉ từ những gì máy này đã nhận đến hết ngày đó.
known-on = Đã biết đến { $day }
known-now = Biết đến nay

groups-title = Tách theo nhóm người
groups-choose = Chọn cách tách: các nhóm cộng lại bằng số chung. Bấm vào tên nhóm để mở danh sách.
groups-as-of = Mức sống của hộ và thẻ BHYT tính vào ngày cuối kỳ (người chết: vào ngày chết); dân tộc theo hồ sơ hiện nay.
behind-group = nhóm { $name }
behind-all-groups = Mọi nhóm
behind-sheet = Danh sách

behind-numerator = { $n } người trong tử số
behind-denominator = { $n } người trong mẫu số
behind-missing = { $n } người còn thiếu
behind-sides = Phần của chỉ tiêu
behind-none = Không có ai trong danh sách này
behind-none-what = Chọn kỳ khác, nơi khác, hoặc phần khác của chỉ tiêu.
behind-some = Hiện { $n } trong { $total } người. Chọn một thôn, bản để hẹp lại.
behind-total = { $n } người, đúng những người được đếm
behind-audited = Mỗi lần mở danh sách này được ghi vào nhật ký.

# Dòng lệnh.
indicator-code = Mã
indicator-name = Chỉ tiêu
indicator-value = Giá trị
indicator-numerator = Tử số
indicator-denominator = Mẫu số
indicator-people-total = { $n } người
indicator-period-as-of = Kỳ { $period }, tính đến { $day }
chapter-people = Dân số, sinh tử
chapter-immunisation = Tiêm chủng
chapter-mother_child = Mẹ và trẻ em
chapter-chronic = Bệnh không lây nhiễm
chapter-infectious = Bệnh truyền nhiễm
chapter-care = Người cần chăm sóc
chapter-all = Tất cả
indicators-chapters = Phần của danh mục
