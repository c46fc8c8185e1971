# Dòng lệnh.

cli-bad-db = “{ $db }” không phải nơi chứa dữ liệu. Viết sqlite:ĐƯỜNG-DẪN hoặc postgres://…
cli-no-home = Máy này chưa có đơn vị của mình. Chạy tram init trước, hoặc thêm --unit.
cli-unit-unknown = Không có đơn vị nào khớp với “{ $name }”.
cli-unit-ambiguous = “{ $name }” khớp với nhiều đơn vị: { $names }. Hãy viết đủ tên hoặc dùng mã.
cli-commune-unknown = Không có xã nào mang mã { $code } vào hôm nay.
cli-province-unknown = Không có tỉnh nào mang mã { $code } vào hôm nay.
cli-bad-id = “{ $id }” không phải một mã đúng dạng.
cli-broken = Lỗi máy: { $detail }
cli-only-loopback = Chưa mở được ở { $address }: hiện chỉ nghe trên chính máy này (127.0.0.1 hoặc ::1).
cli-restored = Dữ liệu được phục hồi từ bản sao lưu: nhật ký bắt đầu một giai đoạn mới, không có gì bị ghi đè.
cli-serving = Trạm đang mở tại { $url }  (Ctrl+C để dừng)
cli-log-verified = Đã tính lại { $facts } sự kiện trong { $sets } lần ghi, { $chains } chuỗi.
cli-log-whole = Nhật ký nguyên vẹn.
log-altered = Mục { $seq } (giai đoạn { $epoch }, { $node }) đã bị sửa.
log-misplaced = Mục { $seq } (giai đoạn { $epoch }, { $node }): một sự kiện bị chuyển sang hồ sơ, xã hoặc ngăn khác.
log-headless = Không còn chữ ký nào bảo đảm từ mục { $seq } (giai đoạn { $epoch }, { $node }).
log-gap = Thiếu mục { $seq } (giai đoạn { $epoch }, { $node }).
log-truncated = Nhật ký bị cắt hoặc thừa từ mục { $seq } (giai đoạn { $epoch }, { $node }).
log-signature = Chữ ký ở mục { $seq } không đúng (giai đoạn { $epoch }, { $node }).
log-audit-bad = Nhật ký sử dụng bị sửa ở mục { $seq } (máy { $node }).
cli-rebuilt = Đã dựng lại bảng từ nhật ký của { $n } hồ sơ và đơn vị.
cli-rebuilt-same = Kết quả giống hệt trước khi dựng lại.
cli-rebuilt-differs = Khác trước ở các bảng: { $tables }
cli-migrated = Đã nâng cấu trúc: { $steps }
cli-migrate-none = Cấu trúc đã mới nhất.{ $steps }
cli-init-exists = { $path } đã có dữ liệu; không ghi đè.
cli-init-done = Đã lập { $units } đơn vị, { $areas } thôn, bản. Tiếp theo: tram user add
cli-user-added = Đã mở tài khoản { $login }.
cli-type-password = Gõ mật khẩu (ít nhất 12 ký tự) rồi Enter:
cli-no-password = Không đọc được mật khẩu.
cli-one-indicator = Với --people hãy nêu đúng một mã chỉ tiêu.
cli-import-converted = Tệp dùng bảng mã cũ ({ $code }). Trên đây là bản chuyển sang Unicode; chưa ghi gì. Nếu họ tên đúng dấu, chạy lại với --accept-converted.
cli-defs-right = { $files } tệp đều đúng.{ $n ->
    [0] {""}
   *[other] {""}
}
cli-defs-wrong = { $files } tệp, { $n } chỗ cần sửa.
cli-defs-adopted = Đã áp dụng bộ định nghĩa { $hash }…

def-unknown-word = Từ lạ “{ $word }” ({ $what }). Gần nhất: “{ $nearest }”.
def-unknown-word-far = Từ lạ “{ $word }” ({ $what }). Không có từ nào gần giống.
def-unreadable = Không đọc được: { $detail }
def-validity-reversed = valid_to đứng trước valid_from.
def-not-a-day = “{ $word }” không phải ngày dạng 2026-01-16.
def-code-twice = Mã “{ $word }” đã dùng ở { $file }:{ $line }.
def-classify-choice = “{ $word }” không phải số đo chọn sẵn (options): chỉ phân loại được vào các mục có sẵn.
def-derive-count = “{ $word }” cần đúng số ô nó tính từ đó (of).
def-field-kind = Ô “{ $word }” chưa nói là loại gì: ghi measure hoặc kind.
def-field-label = Ô “{ $word }” chưa có nhãn (label).
def-field-options = Ô “{ $word }” là ô chọn nhưng chưa có options.
def-measure-kind = Số đo này chưa nói là loại gì: ghi possible, options hoặc kind.
def-no-outcome = Chương trình chưa có outcomes: phải có ít nhất một cách kết thúc.
def-not-a-condition = “{ $word }” không phải điều kiện đọc được, hoặc hỏi điều mà ô ấy không có.
def-not-a-day-field = “{ $word }” không phải ô ngày của phiếu này.
def-not-of-person = “{ $word }” hỏi câu trả lời; ở đây chỉ hỏi được tuổi và giới.
def-range-reversed = Khoảng số chưa đúng: số đầu phải nhỏ hơn số sau, nhiều nhất ba chữ số lẻ.
def-visit-timing = Lần khám “{ $word }” phải có đúng một trong hai: every hoặc at.
def-not-a-span = “{ $word }” không phải khoảng thời gian như "2 months" hoặc "28 days".
def-not-a-temperature = “{ $word }” không phải nhiệt độ cơ thể như "37,5".
def-temperatures-reversed = cold_to phải thấp hơn fever_from.
def-not-a-storage-temperature = “{ $word }” không phải nhiệt độ bảo quản như "2" hoặc "-20".
def-storage-reversed = “{ $word }”: high phải cao hơn low.
def-after-unknown = “{ $word }”: mũi đứng trước chưa có ở phía trên.
def-day-outside-year = “{ $word }”: ngày phải nằm trong năm của tệp, và ngày cuối không trước ngày đầu.
def-days-overlap = “{ $word }” trùng hoặc đứng trước dịp nghỉ ghi ở trên. Ghi theo thứ tự ngày.
def-day-of-week = “{ $word }”: làm bù phải rơi vào ngày nghỉ hằng tuần; nghỉ bù, nghỉ hoán đổi phải rơi vào ngày làm việc.
def-not-a-count = “{ $word }” không phải số đếm.
def-not-a-phrase = “{ $word }” không phải một cụm từ được dùng.
def-phrase-misplaced = “{ $word }” không hỏi được của { $count }.
def-tetanus-no-way = Quy tắc uốn ván cần một đường cho phụ nữ chưa có mũi nào (before = 0) với ít nhất một mũi.
def-bands-unordered = “{ $word }” không lớn hơn mốc trước nó: các mốc phải tăng dần.
def-needs-one-residence = Đếm người cần đúng một cụm "resident …".
def-needs-one-event = Đếm lần ghi, lần vào, lần ra chương trình cần một cụm "of …", "into …" hoặc "out_of …".
def-empty-cell = Ô mã hoặc tên bị trống.
def-missing-column = Thiếu cột “{ $word }”.
def-shadows = Mã “{ $word }” là của quy định quốc gia ({ $file }:{ $line }). Đặt mã khác; nếu muốn thay quy định đó, ghi replaces = "{ $word }".
def-replaces-unknown = replaces = "{ $word }" không đúng: chỉ phần bổ sung mới thay được, và phải ghi đúng mã quốc gia mà quy định này mang.
def-overlay-file = Phần bổ sung của tỉnh, xã không được có tệp này. Chỉ được thêm: immunisation/schedules/*.toml, immunisation/vaccines.toml, immunisation/vials.toml, immunisation/full_sets.toml, indicators/*.toml và các danh mục đã có trong lists/ (trừ địa danh).
overlay-bad-name = Tên phần bổ sung chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ lao-cai.
def-missing-file = Thiếu tệp.
def-bad-cell = Ô “{ $word }” không đọc được.

place-code = Mã
place-name = Tên
place-province = Tỉnh
place-until = Hết hiệu lực
worklist-doses = Mũi đến hạn
worklist-due = Hạn
worklist-total = { $n } trẻ: { $due } cần làm, { $overdue } quá hạn.
cli-file = { $path }: { $detail }
cli-import-days = Ngày như “{ $day }” có thể là ngày/tháng hoặc tháng/ngày và không dòng nào cho biết; chưa ghi gì. Chạy lại với --dates dmy (ngày/tháng/năm) hoặc --dates mdy.
cli-import-more = … và { $n } điều nữa; xem đủ trên trang Nhập danh sách hoặc với --json.
cli-import-checked = { $rows } dòng: { $new } dòng mới, { $known } đã có hồ sơ, { $refused } dòng lỗi. Chưa ghi gì.
cli-import-cure = Sửa tệp rồi nhập lại, hoặc thêm --accept-good để ghi các dòng không lỗi.
cli-list-kind = Không có loại danh sách “{ $typed }”. Có: { $known }.
cli-template = Đã ghi tệp mẫu: { $path }

# Dữ liệu mẫu
cli-demo-built = Đã lập vùng mẫu ngày { $today } (số gieo { $seed }): { $units } đơn vị, { $people } người không có thật, { $facts } sự kiện.
cli-demo-stands = Mở lại vùng mẫu đã lập ngày { $today } (số gieo { $seed }): { $units } đơn vị, { $people } người không có thật, { $facts } sự kiện. Muốn lập mới, chọn nơi khác bằng --db hoặc xóa thư mục dữ liệu mẫu.
cli-login-user = Tên đăng nhập
cli-login-password = Mật khẩu
cli-login-role = Vai trò
cli-login-unit = Đơn vị
demo-not-empty = Nơi chứa dữ liệu này đã có dữ liệu thật, không lập dữ liệu mẫu lên trên. Chọn nơi khác bằng --db.
cli-plan-adopted = Đã nhận kế hoạch mẫu cho năm { $year }. Xem bảng chỉ tiêu: tram plan show { $id }
plan-no-example = Không có kế hoạch mẫu “{ $code }”. Các kế hoạch mẫu: { $known }.

# Đo tốc độ
bench-what = Việc
bench-figure = Trạm
bench-floor = SQL viết tay
bench-ratio = Tỷ số
bench-unit = Đơn vị
bench-goal = Mục tiêu
bench-met = đạt
bench-not-met = CHƯA ĐẠT
bench-read = Tỷ số: Trạm tốn thời gian gấp mấy lần SQL viết tay cho cùng việc, trong cùng lần đo.
bench-demo = Lập vùng mẫu: quyết định, ghi, dựng bảng
bench-append = Ghi hàng loạt sự kiện
bench-size = Dung lượng mỗi sự kiện
bench-open = Mở dữ liệu
bench-search = Tìm người (p95)
bench-board-first = Mọi chỉ tiêu một tháng của trạm, lần đầu
bench-board = Mọi chỉ tiêu một tháng của trạm, từ ô đã tính (p95)
bench-dose = Ghi một mũi tiêm, đã xuống đĩa (p95)
bench-shown = Từ lúc ghi đến khi chỉ tiêu đổi (p95)
bench-alike = Tìm hồ sơ trùng trong mọi hồ sơ
bench-alike-recall = … tìm thấy trong số đã cài trùng
bench-alike-precision = … đúng trong số tìm thấy
bench-verify = Kiểm tra toàn bộ nhật ký
bench-import = Nhập danh sách dân cư từ Excel
bench-memory = Bộ nhớ lớn nhất của lần đo
bench-recount = Đếm lại từ đầu mọi chỉ tiêu của năm, trên mọi người
bench-home-board = Mọi chỉ tiêu một năm của đơn vị trên cùng, từ ô đã tính (p95)
bench-plan-first = Bảng chỉ tiêu kế hoạch của đơn vị trên cùng, lần đầu
bench-plan = Bảng chỉ tiêu kế hoạch của đơn vị trên cùng, từ ô đã tính (p95)
bench-busy = 20 người mở bảng số liệu trong lúc nhập danh sách (p95)
bench-busy-import = … nhập danh sách ấy mất
bench-differs = Chỉ tiêu { $code } đếm bằng hai cách ra hai số khác nhau. Hãy báo người làm phần mềm.
bench-no-demo = Dữ liệu này không phải vùng mẫu, nên không đo trên đó. Lập vùng mẫu bằng tram demo trước.
bench-import-lost = Lần đo nhập danh sách chỉ thêm được { $n } người.
