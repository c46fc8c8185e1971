# Thẻ hồ sơ có mã QR; người dân tự xem hồ sơ của mình bằng mã dùng một lần.

idcard-link = Thẻ, mã xem
idcard-title = Thẻ hồ sơ và mã xem
idcard-section = Thẻ hồ sơ
idcard-household = In thẻ
idcard-lead = Quét mã trên thẻ vào ô tìm người là mở đúng hồ sơ. Thẻ không có số giấy tờ nào; ai nhặt được cũng không mở được hồ sơ.
idcard-what = Thẻ hồ sơ sức khỏe. Mang theo khi đến trạm.
idcard-qr = Mã QR của thẻ hồ sơ

citizen-section = Cho người dân tự xem hồ sơ
citizen-lead = Cấp một mã dùng một lần. Người dân mở trang xem bằng điện thoại, gõ mã và năm sinh, xem được tóm tắt hồ sơ trong 30 phút.
citizen-mind = Chỉ cấp cho chính người ấy, hoặc cha mẹ, người giám hộ của trẻ. Phần hồ sơ riêng tư (HIV, tâm thần, lao, phá thai) không hiện ở trang xem. Cấp mã mới thì mã cũ hết giá trị.
citizen-make = Cấp mã xem
citizen-slip = Phiếu xem hồ sơ
citizen-qr = Mã QR mở trang xem hồ sơ
citizen-use = Quét mã bên cạnh, hoặc mở { $place } rồi gõ mã và năm sinh.
citizen-until = Dùng một lần, trước { $at }. Không đưa mã cho người khác.
citizen-once = Mã chỉ hiện một lần ở đây. In hoặc chép cho người dân rồi rời trang.
citizen-only-here = Trang này đang mở ở địa chỉ chỉ máy này vào được: điện thoại của người dân sẽ không mở được. Mở Trạm bằng địa chỉ chung của trạm hoặc của tỉnh rồi cấp mã.
citizen-dead = Người này đã mất: không cấp mã xem.

citizen-title = Hồ sơ sức khỏe của tôi
citizen-ask = Gõ mã trên phiếu của trạm y tế và năm sinh.
citizen-code = Mã xem hồ sơ
citizen-born = Năm sinh của người có hồ sơ
citizen-open = Xem hồ sơ
citizen-no-code = Chưa có mã? Đến trạm y tế, mang theo giấy tờ; trạm cấp mã ngay.
citizen-code-length = Mã có { $n } chữ số. Xem lại phiếu rồi gõ đủ.
citizen-year = Gõ năm sinh bằng bốn chữ số, ví dụ 1985.
citizen-wrong = Mã và năm sinh không khớp, hoặc mã đã dùng hay đã hết hạn. Xem lại phiếu; nếu vẫn không được, nhờ trạm y tế cấp mã mới.
citizen-open-until = Trang này mở đến { $at }
citizen-close = Đóng hồ sơ
citizen-wrong-facts = Có gì không đúng, hãy báo trạm y tế để sửa. Phần hồ sơ riêng tư chỉ xem tại nơi khám.

emergency-title = Mở hồ sơ khẩn cấp
emergency-link = Mở hồ sơ khẩn cấp
emergency-lead = Chỉ khi tính mạng người bệnh cần: mọi phần riêng tư của hồ sơ này, nếu có, mở cho bạn trong một giờ. Lý do, giờ và tên bạn được ghi vào nhật ký và người khác sẽ xem lại. Đừng ghi tên người hay tên bệnh trong lý do.
emergency-open = Mở trong một giờ
emergency-reason = Ghi lý do rõ ràng, ít nhất { $n } chữ cái: vì sao phải mở ngay.
emergency-on = Đang mở khẩn cấp đến { $at }: { $reason }
done-emergency = Hồ sơ đã mở đủ các phần trong một giờ. Việc này đã ghi vào nhật ký.
