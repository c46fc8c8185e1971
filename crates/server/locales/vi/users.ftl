# Người dùng, vai trò, mật khẩu.

users-title = Người dùng
users-sub = { $n } người có vai trò trong phạm vi của { $unit }. Mỗi vai trò gắn một đơn vị và thời gian.
users-new = Thêm người dùng
users-none = Không có ai
users-none-what = Bỏ bớt điều kiện lọc, hoặc thêm người dùng mới.
users-find = Tên hoặc tên đăng nhập
users-name = Họ và tên
users-login = Tên đăng nhập
users-role = Vai trò
users-grants = Vai trò, thời gian
users-days = Thời gian
users-state = Trạng thái

grant-holds = Đang dùng
grant-over = Đã hết hạn
grant-to-come = Chưa bắt đầu
grant-ends = Hết hạn { $day }
grant-same-day = { $day }, thu hồi trong ngày
grant-unit = Đơn vị
grant-unit-hint = Vai trò có phạm vi tính từ đơn vị này.
grant-from = Từ ngày
grant-to = Đến hết ngày
grant-to-hint = Để trống: không thời hạn.
grant-title = Thêm vai trò
grant-add = Cấp vai trò
grant-revoke = Thu hồi
grant-revoke-of = Thu hồi vai trò { $role }
grant-why = Lý do thu hồi
grant-why-of = Lý do thu hồi vai trò { $role }
grant-why-missing = Cần ghi lý do.

roles-explained = Mỗi vai trò được làm gì
roles-reach = Phạm vi: { $reach }.
reach-administrative = đơn vị và mọi đơn vị trực thuộc về hành chính
reach-professional = đơn vị và mọi đơn vị do mình phụ trách chuyên môn
reach-reporting = đơn vị và mọi đơn vị gửi báo cáo cho mình
reach-unit = chỉ đơn vị đó

may-person-read = tìm và xem hồ sơ
may-person-write = ghi, sửa hồ sơ
may-immunisation-write = ghi mũi tiêm
may-worklist-read = xem danh sách đến hạn
may-stock-read = xem kho vắc xin
may-stock-write = ghi kho vắc xin
may-coldchain-write = ghi nhiệt độ, sự cố tủ lạnh
may-aefi-read = xem phản ứng sau tiêm
may-aefi-write = ghi, báo cáo phản ứng sau tiêm
may-import-run = nhập từ tệp
may-indicator-read = xem số liệu tổng hợp
may-indicator-people = mở danh sách phía sau con số
may-plan-read = xem kế hoạch
may-plan-write = lập, sửa kế hoạch
may-unit-read = xem đơn vị
may-unit-write = sửa đơn vị
may-user-read = xem người dùng
may-user-write = cấp quyền
may-user-grant_any = cấp cả vai trò rộng hơn vai trò của mình
may-definitions-read = xem quy định đang dùng
may-definitions-write = sửa quy định
may-audit-read = xem nhật ký

user-new-sub = Mật khẩu đầu tiên do máy đặt và chỉ hiện một lần, để người dùng đổi sau khi đăng nhập.
user-login-hint = Chữ không dấu, số, dấu chấm; ví dụ lan.nt
user-add = Mở tài khoản
user-account = Tài khoản
user-closed = Tài khoản đã khóa
user-closed-what = Người này không đăng nhập được nữa. Những gì đã ghi vẫn giữ nguyên dưới tên người này.
user-close-title = Khóa tài khoản
user-close-what = Khóa vĩnh viễn: mọi phiên làm việc kết thúc ngay. Người nghỉ tạm thì chỉ cần thu hồi vai trò.
user-close-why = Lý do khóa
user-close = Khóa tài khoản
user-bad-login = Tên đăng nhập gồm 3 đến 40 chữ không dấu, số, dấu chấm hoặc gạch.
user-bad-name = Cần ghi họ và tên.
user-login-taken = Tên đăng nhập { $login } đã có người dùng.
user-role-beyond = Không cấp được vai trò { $role }: vai trò đó làm được nhiều hơn vai trò đang dùng.
user-beyond = Tài khoản này còn giữ vai trò ngoài quyền quản lý của bạn. Hãy nhờ quản trị của đơn vị cấp trên.
user-role-not-held = Tài khoản không giữ vai trò này ở đơn vị này.
user-role-held = Người này đang có vai trò đó tại đơn vị đó rồi.
user-days-reversed = Ngày cuối đứng trước ngày đầu.
user-not-oneself = Không tự khóa tài khoản của mình được; hãy nhờ một người quản trị khác.

password-title = Mật khẩu mới
password-sub = Của { $name }. Đọc hoặc đưa tận tay; không gửi qua tin nhắn.
password-is = Mật khẩu
password-once = Mật khẩu này chỉ hiện một lần ở đây. Nếu lỡ mất, hãy đặt lại mật khẩu lần nữa.
password-back = Về danh sách người dùng
password-reset = Đặt lại mật khẩu
password-reset-what = Máy đặt một mật khẩu mới dễ đọc và hiện một lần. Mọi phiên làm việc của người này kết thúc.

done-grant-added = Đã cấp vai trò.
done-grant-revoked = Đã thu hồi vai trò; mọi phiên làm việc của người này đã kết thúc.
done-user-closed = Đã khóa tài khoản.

# Dòng lệnh.
user-login = Đăng nhập
user-name = Họ và tên
user-role = Vai trò
user-unit = Đơn vị
