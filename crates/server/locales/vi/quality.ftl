# Đối chiếu hồ sơ: hồ sơ trùng, số liệu mâu thuẫn.

quality-title = Cần đối chiếu
quality-lead = Những chỗ trong hồ sơ nên có người xem lại. Máy chỉ nêu ra, không tự sửa.
quality-none = Không có gì cần đối chiếu
quality-none-what = Chưa thấy hồ sơ trùng, giá trị mâu thuẫn hay thông tin còn thiếu trong phạm vi của đơn vị.
quality-pairs = Hồ sơ có thể trùng: { $n } cặp
quality-pairs-what = So sánh rồi gộp, hoặc ghi là hai người khác nhau để cặp đó không hiện lại. Gộp rồi vẫn tách lại được.
quality-first-shown = Đang hiện { $n } cặp giống nhau nhất.
quality-first = Hồ sơ thứ nhất
quality-second = Hồ sơ thứ hai
quality-why = Giống ở
quality-compare = So sánh
quality-apart = Hai người khác nhau
quality-family = Cả hộ giống nhau: { $n } cặp
quality-what = Việc cần làm
quality-conflicts = Sửa ở hai nơi: { $n } hồ sơ
quality-conflicts-what = Hai nơi cùng sửa một mục, cần chọn giá trị đúng
quality-conflicts-fix = Chọn giá trị đúng
quality-contradicted = Số CCCD mâu thuẫn với giới hoặc năm sinh: { $n } hồ sơ
quality-contradicted-what = Chữ số trên CCCD cho biết giới hoặc năm sinh khác với hồ sơ
quality-contradicted-fix = Sửa hồ sơ
quality-no-day = Trẻ chưa có ngày sinh đầy đủ: { $n }
quality-no-day-what = Chưa tính được lịch tiêm vì thiếu ngày sinh
quality-no-day-fix = Ghi ngày sinh
quality-no-household = Chưa ghi vào hộ nào: { $n } người
quality-no-household-what = Đang sống ở đây nhưng chưa thuộc hộ nào
quality-no-household-fix = Ghi vào hộ

alike-number = cùng số giấy tờ
alike-name = cùng họ tên
alike-words-moved = họ tên đảo thứ tự
alike-name-near = họ tên gần giống
alike-birth = cùng ngày sinh
alike-birth-near = ngày sinh gần giống
alike-phone = cùng điện thoại
alike-household = cùng hộ
alike-village = cùng thôn, bản
alike-mother = cùng mẹ

link-title = So sánh hai hồ sơ
link-lead = Nếu là một người thì gộp: từ đó mọi nơi chỉ còn một hồ sơ. Không dòng nào mất đi, và tách lại được.
link-swap = Đổi hồ sơ giữ lại
link-doubts = Có chỗ khó là một người
link-record = Hồ sơ
link-kept = Hồ sơ giữ lại
link-other = Hồ sơ kia
link-taken = (chưa có; lấy giá trị bên kia)
link-doses = Mũi tiêm
link-since = Lập hồ sơ
link-opened = { $day }; { $n } mục
link-what = Giấy tờ, mũi tiêm, thai nghén và các mục khác của cả hai hồ sơ được giữ; mục ghi giống nhau ở cả hai chỉ tính một lần.
link-save = Là một người, gộp lại
link-apart = Là hai người khác nhau
f-home = Nơi ở và hộ đúng
col-field = Mục

part-title = Tách hồ sơ đã gộp
part-what = Hai hồ sơ được gộp nhầm thì tách ra: mỗi hồ sơ trở lại như trước khi gộp.
part-lead = Tách hồ sơ của { $name }, sinh { $born }, gộp ngày { $day }.
part-nothing-since = Từ khi gộp chưa ghi thêm việc gì vào hồ sơ chung.
part-since = Những việc ghi sau khi gộp: đánh dấu việc của { $name } (hồ sơ được tách ra)
part-save = Tách ra

household-link-title = Gộp hai hộ ghi trùng
household-link-lead = Giữ hộ { $kept }; người trùng của hộ { $other } được gộp vào.
household-link-pick = Gộp
household-link-alone = không có ai giống ở hộ kia; ở lại hộ này
household-link-what = Mỗi cặp được gộp với giá trị của hồ sơ giữ lại; chỗ còn trống lấy từ hồ sơ kia. Người nào cần chọn từng mục thì bỏ dấu ở đây và so sánh riêng.
household-link-save = Gộp các cặp đã chọn
household-link-none = Hai hộ này không có ai giống nhau
household-link-none-what = Hãy mở từng hồ sơ và so sánh riêng nếu biết chắc là một người.
household-link-none-chosen = Chưa chọn cặp nào.

done-linked = Đã gộp hồ sơ. Tách lại được ở dòng “Gộp hồ sơ” trong dòng thời gian.
done-parted = Đã tách hồ sơ; mỗi hồ sơ trở lại như trước khi gộp.
done-apart = Đã ghi là hai người khác nhau.
fact-PersonLinked = Gộp hồ sơ
fact-PersonsDistinct = Là người khác
fact-aside = Hồ sơ kia đã ghi, hoặc không được chọn: không tính

person-same-record = Hai địa chỉ này là cùng một hồ sơ.
person-mother-and-child = Hai hồ sơ là mẹ và con, không thể gộp.
warn-linked-sex-differs = Hai hồ sơ khác giới tính. Chỉ gộp khi chắc chắn một bên ghi nhầm.
warn-linked-birth-differs = Ngày sinh của hai hồ sơ cách nhau hơn một năm.
warn-linked-number-differs = Hai hồ sơ mang hai số CCCD khác nhau.
