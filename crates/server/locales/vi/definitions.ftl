# Quy định đang dùng.

definitions-link = Quy định đang dùng
definitions-title = Quy định đang dùng
definitions-sub = Lịch tiêm, cách tính, danh mục và vai trò mà phần mềm làm theo, mỗi mục có căn cứ và hiệu lực. { $n } mục chưa đối chiếu văn bản.
definitions-schedules = Lịch tiêm chủng
definitions-full-sets = Thế nào là tiêm chủng đầy đủ
definitions-screening = Khám sàng lọc trước tiêm
definitions-screening-says = Hoãn khi thân nhiệt từ { $fever } °C hoặc đến { $cold } °C.
definitions-put-off-says = { $reason }: hẹn lại sau { $days } ngày.
definitions-indicators = Chỉ tiêu
definitions-lists = Danh mục
definitions-roles = Vai trò
definitions-name = Tên
definitions-says = Nội dung
definitions-overlays = Bổ sung của tỉnh, xã
definitions-overlay = Nơi ban hành
definitions-code = Mã
definitions-how = Cách bổ sung
definitions-file = Tệp
definitions-adds = Thêm mới
definitions-replaces = Thay quy định quốc gia
definitions-in-force = Đang áp dụng
definitions-schedule-says = { $series } loạt mũi, { $doses } mũi
definitions-entries = { $n } mục
