# Giá trị gõ trên phiếu: đọc được hay không.

typed-name-missing = Chưa có họ và tên.
typed-hidden-characters = Có ký tự ẩn không nhìn thấy được. Hãy xóa ô này và gõ lại.
typed-text-too-long = Dài quá { $longest } ký tự. Hãy viết ngắn lại.
typed-sex-missing = Chưa chọn giới tính.
typed-born-missing = Chưa có ngày sinh. Không rõ ngày thì gõ tháng/năm, hoặc chỉ năm.
typed-born-invalid = Ngày sinh chưa đúng dạng. Gõ 13/09/2025, 09/2025 hoặc 1960.
typed-date-invalid = Ngày chưa đúng dạng. Gõ ngày/tháng/năm, ví dụ 13/09/2025.
typed-date-incomplete = Cần đủ ngày, tháng, năm, ví dụ 13/09/2025.
typed-date-no-such-day = Lịch không có ngày này. Hãy xem lại ngày và tháng.
typed-citizen-length = Số định danh (CCCD) cần { $expected } chữ số, hiện có { $found }.
typed-citizen-digit = Số định danh (CCCD) chỉ gồm chữ số; vị trí { $position } không phải chữ số.
typed-citizen-spreadsheet = Số định danh (CCCD) đã bị Excel làm hỏng. Hãy gõ lại đủ 12 chữ số từ thẻ.
typed-old-card-length = Số CMND cần { $expected } chữ số, hiện có { $found }.
typed-old-card-digit = Số CMND chỉ gồm chữ số; vị trí { $position } không phải chữ số.
typed-old-card-spreadsheet = Số CMND đã bị Excel làm hỏng. Hãy gõ lại đủ 9 chữ số.
typed-card-length = Số thẻ BHYT cần 15 ký tự (hoặc 10 chữ số của mã số BHXH), hiện có { $found }.
typed-card-invalid = Số thẻ BHYT gồm 2 chữ cái, 1 chữ số từ 1 đến 5, rồi 12 chữ số; hoặc chỉ 10 chữ số của mã số BHXH.
typed-phone-invalid = Số điện thoại cần bắt đầu bằng 0 và có 10 hoặc 11 chữ số.

field-missing = Chưa điền ô này.
field-choose = Chưa chọn trong danh sách.
field-bad-time = Giờ chưa đúng dạng. Gõ 7:05 hoặc 0705.
field-bad-number = Số giấy tờ trống hoặc dài quá 30 ký tự.
field-bad-count = Cần một số từ { $least } đến { $most }.
field-bad-weight = Cân nặng lúc sinh cần từ 300 đến 9.000 g. Gõ 3250, 3.250 hoặc 3,25.
