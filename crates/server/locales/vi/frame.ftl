# Khung chung của mọi trang, đăng nhập, lỗi chung.

skip = Tới nội dung chính
crumbs = Đường dẫn
all = Tất cả
close = Đóng
filter = Lọc
village = Thôn, bản
vaccine = Vắc xin
print-a4 = In danh sách A4
export-excel = Xuất Excel
printed-by = In bởi { $name }
demo-note = Bản thử: người và số liệu đều không có thật
field-optional = (không bắt buộc)

weekday-1 = Thứ Hai
weekday-2 = Thứ Ba
weekday-3 = Thứ Tư
weekday-4 = Thứ Năm
weekday-5 = Thứ Sáu
weekday-6 = Thứ Bảy
weekday-7 = Chủ Nhật

age-days = { $n } ngày
age-months = { $n } tháng
age-years = { $n } tuổi
sex-m = nam
sex-f = nữ

menu-label = Mục chính
menu-more = Mục khác
menu-less = Thu gọn
menu-today = Hôm nay
menu-people = Người dân
menu-session = Buổi tiêm
menu-stock = Kho
menu-indicators = Chỉ tiêu
menu-plans = Kế hoạch
menu-import = Nhập tệp
menu-quality = Cần đối chiếu
menu-units = Đơn vị
menu-users = Người dùng

find-label = Tìm người dân
find-hint = Tìm: tên, năm sinh, CCCD, BHYT…
find-button = Tìm
working-as = Đang làm việc với vai trò { $role } tại { $unit }
switch-to = Chuyển sang { $role }, { $unit }
account-link = Tài khoản và mật khẩu
audit-link = Nhật ký sử dụng
other-language = English
sign-out = Đăng xuất

keys-title = Phím tắt
keys-key = Phím
keys-does = Việc
keys-off = Tắt các phím tắt một chữ (/, ?, N, S, T…)
key-find = Tới ô tìm người
key-menu = Mục trên thanh chính
key-save = Lưu phiếu đang mở
key-rows = Chọn dòng trong danh sách
key-open = Mở dòng đang chọn
key-close = Đóng danh sách, hộp thoại; ra khỏi ô đang gõ; bấm lần nữa: rời phiếu, bản nháp được giữ
key-print = In khổ A4
key-help = Bảng phím tắt này
hint-choose = chọn
hint-open = mở

sign-in-lead = Hồ sơ sức khỏe của người dân, tại trạm
sign-in-login = Tên đăng nhập
sign-in-password = Mật khẩu
sign-in-button = Đăng nhập
sign-in-forgot = Quên mật khẩu: người quản trị đặt lại được ngay tại mục Người dùng, không cần mạng.
sign-in-again = Phiên làm việc đã hết. Bản nháp của phiếu đang nhập vẫn được giữ; hãy đăng nhập lại để làm tiếp.
sign-in-wrong = Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt.
sign-in-wait = Đã thử sai nhiều lần. Hãy đợi { $minutes } phút rồi thử lại.
sign-in-no-role = Tài khoản chưa có vai trò nào đang hiệu lực. Hãy báo người quản trị của đơn vị.
signed-out = Phiên làm việc đã hết; hãy đăng nhập lại.

account-title = Tài khoản và mật khẩu
account-old = Mật khẩu hiện nay
account-new = Mật khẩu mới
account-hint = Ít nhất 12 ký tự; một câu ngắn dễ nhớ là tốt nhất.
account-button = Đổi mật khẩu
account-done = Đã đổi mật khẩu. Các phiên khác của tài khoản này đã bị đăng xuất.
password-too-short = Mật khẩu cần ít nhất { $least } ký tự.
password-contains-login = Mật khẩu không được chứa tên đăng nhập.
password-old-wrong = Mật khẩu hiện nay chưa đúng.

trouble-title = Chưa làm được việc này
trouble-home = Về trang đầu
trouble-code = Mã trả lời: { $code }
broken = Máy gặp lỗi khi làm việc này. Dữ liệu đã lưu trước đó vẫn an toàn; hãy thử lại, nếu vẫn lỗi thì báo người quản trị.
not-found = Không tìm thấy, hoặc không thuộc phạm vi của đơn vị đang làm việc.
denied-action = Vai trò đang dùng không được làm việc này: { $action }.
denied-scope = Không tìm thấy, hoặc không thuộc phạm vi của đơn vị đang làm việc.
unknown-code = Không có { $what } mang mã “{ $code }”.
request-forged = Phiếu này không đến từ trang của phần mềm, hoặc trang đã mở quá lâu. Hãy mở lại trang rồi gửi lại.
request-too-large = Nội dung gửi lên vượt giới hạn 25 MB.
request-invalid-utf8 = Dữ liệu chứa ký tự không hợp lệ tại byte { $byte }. Hãy gõ lại ô đó.
command-reused = Yêu cầu này đã được xử lý với nội dung khác. Hãy mở lại trang để xem kết quả.
database-locked = Dữ liệu đang được { $holder } ghi. Hãy đợi việc đó xong hoặc đóng chương trình đó.
database-definitions = Dữ liệu đang theo một bộ quy định mà chương trình này không có. Hãy cập nhật chương trình rồi khởi động lại.
database-unfolded = Các bảng do một phiên bản khác của chương trình lập. Hãy chạy: tram migrate
database-newer = Dữ liệu ở bản { $found }, mới hơn chương trình này (bản { $wanted }). Hãy cập nhật chương trình.
database-empty = Ở đây chưa có dữ liệu. Hãy chạy tram init, hoặc tram migrate với cơ sở dữ liệu trống.
database-schema = Dữ liệu ở bản { $found }, chương trình cần bản { $wanted }. Hãy chạy: tram migrate

form-errors = Còn { $n } chỗ cần sửa
confirm-title = Cần xem lại trước khi lưu
confirm-save = Đã xem, vẫn lưu

# Lời của trang (tram.js); bản tiếng Việt nằm sẵn trong đó.
js-sending = Đang lưu…
js-slow = Chưa thấy máy chủ trả lời. Có thể bấm lưu lại: không bị ghi trùng.
js-draft = Bản nháp lúc
js-draft-old = Hồ sơ đã được sửa sau khi gõ bản nháp này; cần xem lại trước khi lưu.
js-take = Dùng lại
js-drop = Bỏ
js-kept = Đã giữ nháp lúc
js-found = kết quả
js-none = Không có kết quả. Thử gõ ít chữ hơn.
js-pick = Chưa chọn trong danh sách.
js-offline = Chưa tải được danh sách; vẫn có thể gõ đủ tên rồi lưu.
js-range = ngoài khoảng cho phép tiêm; chọn lại kết luận hoặc đo lại.
js-fail = Chưa gửi được. Bấm Enter để gửi lại; không bị ghi trùng.
js-saved = Đã ghi
js-keys-off = Đã tắt phím tắt một chữ.
js-keys-on = Đã bật phím tắt một chữ.

undo = Hoàn tác
undo-of = Hoàn tác mũi vừa ghi của { $name }
undo-done = Đã hoàn tác. Mục vừa ghi còn trong nhật ký, được gạch ngang và không còn được tính.
undo-reason = ghi nhầm, hoàn tác ngay
undo-too-late = Mục này chỉ hoàn tác được trong 10 phút, bởi chính người ghi. Sau đó hãy mở mục trong hồ sơ rồi rút lại, kèm lý do.
undo-already = Mục này đã được rút lại trước đó.
undo-built-on = Đã có ghi chép khác dựa vào mục này nên không hoàn tác ngay được. Hãy mở hồ sơ và rút lại từng mục, kèm lý do.

switch-title = Đổi người dùng
switch-now = Đang làm việc: { $name }. Khi người khác đăng nhập, phiên này kết thúc; phiếu đang gõ dở được giữ thành bản nháp của người đã gõ.
switch-who = Ai sẽ làm việc tiếp?
switch-other = Người khác
switch-other-hint = Chỉ gõ khi tên không có ở trên.
switch-button = Vào làm việc
switch-stay = Không đổi
switch-forget = Quên các tên trên máy này

sign-in-carried = Phiên làm việc đã hết trước khi phiếu được lưu. Đăng nhập lại để lưu tiếp; không phải gõ lại.
resume-title = Phiếu đang lưu dở
resume-what = Đã đăng nhập lại. Phiếu còn nguyên nhưng chưa được lưu.
resume-save = Lưu tiếp
resume-open = Chưa lưu, mở lại trang
js-lost = Phiên làm việc đã hết. Nội dung đang gõ còn trên trang này: bấm lưu để đăng nhập lại rồi lưu tiếp.
keys-letters = Ngoài bảng này, nút nào có một chữ cái trong ô nhỏ bên cạnh thì bấm chữ đó khi không đứng trong ô gõ. Bấm ? trên một trang để xem đúng các phím của trang đó.
key-switch = Đổi người dùng
key-row-save = Ghi dòng đang gõ và sang trẻ sau
key-next = Lưu và sang người tiếp theo
key-tab = Sang ô sau, về ô trước
drafts-waiting = Phiếu đang gõ dở, chưa lưu
