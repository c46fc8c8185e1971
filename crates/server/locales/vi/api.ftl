# Giao diện cho phần mềm khác (/api/v1): điều không đọc được trong yêu cầu gửi đến.

api-json-broken = Nội dung gửi lên không phải JSON: sai ở dòng { $line }, cột { $column }.
api-json-unfit = Nội dung không khớp ở dòng { $line }, cột { $column }: khóa lạ, khóa lặp lại, khóa thiếu, hoặc giá trị sai kiểu.
fix-api-json-unfit = Đối chiếu với /api/v1/openapi.json; mỗi khóa ghi một lần, không thêm khóa khác.
api-too-large = Nội dung gửi lên vượt giới hạn { $longest } KB.
api-key-missing = Thiếu tiêu đề Idempotency-Key (từ 1 đến { $longest } ký tự) cho yêu cầu có ghi.
fix-api-key-missing = Mỗi lần ghi đặt một khóa mới, ví dụ một UUID; gửi lại cùng lần ghi thì dùng lại khóa đó.
api-not-a-day = Ngày cần ghi dạng năm-tháng-ngày, ví dụ 2026-01-16.
api-answer-unknown = Phiếu này không có câu hỏi mang mã đó vào ngày ghi phiếu.
api-answer-kind = Câu trả lời sai kiểu: câu hỏi số nhận số, có/không nhận true hoặc false, chọn nhiều nhận danh sách mã; câu nào cũng nhận chữ.
api-form-elsewhere = Phiếu này không thuộc chương trình đã nêu.
api-query-unknown = Địa chỉ này không nhận tham số đó.
api-no-such-method = Địa chỉ này không nhận phương thức đó.
