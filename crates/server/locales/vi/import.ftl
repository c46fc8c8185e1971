# Nhập danh sách từ tệp.

## Tệp không đọc được

file-empty = Tệp không có dữ liệu. Hãy kiểm tra lại tệp đã chọn.
file-too-large = Tệp vượt giới hạn { $limit } MB. Hãy xóa ảnh, trang thừa hoặc chia tệp theo thôn rồi thử lại.
file-too-many-rows = Tệp có dữ liệu dưới dòng { $limit }, quá giới hạn. Hãy chia tệp theo thôn rồi nhập từng tệp.
file-too-many-columns = Tệp có dữ liệu bên phải cột thứ { $limit }, quá giới hạn. Hãy xóa các cột không dùng.
file-too-many-cells = Tệp có hơn { $limit } ô dữ liệu, quá giới hạn. Hãy bỏ cột không dùng hoặc chia tệp theo thôn.
file-archive-limit = Tệp nén bung ra quá lớn hoặc chứa tệp nén khác nên bị từ chối. Hãy mở bằng Excel, chép danh sách sang tệp mới, lưu .xlsx rồi thử lại.
file-corrupt = Tệp bị hỏng hoặc không phải bảng tính. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi thử lại.
file-protected = Tệp có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi thử lại.
file-protected-macro = Tệp có macro nên không được nhận. Hãy lưu lại dạng “Excel Workbook (.xlsx)”, không macro, rồi thử lại.
file-protected-old = Tệp ở dạng Excel cũ hoặc nhị phân (.xls, .xlsb). Hãy mở bằng Excel, lưu lại dạng .xlsx rồi thử lại.
file-not-a-table = { $kind ->
    [pdf] Đây là tệp PDF, không phải bảng tính. Hãy xin bản Excel của danh sách.
    [image] Đây là tệp ảnh, không phải bảng tính. Hãy xin bản Excel của danh sách.
    [docx] Đây là tệp Word. Hãy chép bảng sang Excel, lưu dạng .xlsx rồi thử lại.
    [ods] Đây là tệp OpenDocument. Hãy lưu lại dạng .xlsx rồi thử lại.
    [html] Đây là trang web mang tên bảng tính. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi thử lại.
    [xml] Đây là tệp XML. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi thử lại.
   *[zip] Đây là tệp nén, không phải bảng tính. Hãy giải nén rồi chọn tệp Excel bên trong.
}
file-path = Tệp chứa một phần có tên không hợp lệ (đường dẫn ra ngoài tệp). Hãy mở bằng Excel, lưu lại dạng .xlsx rồi thử lại.
file-xml-dtd = Tệp chứa khai báo XML (DTD, thực thể) không được phép. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi thử lại.
file-encoding = { $guess ->
    [tcvn3] Tệp giống bảng mã TCVN3 (ABC) nhưng có ký tự không thuộc bảng mã này, nên phần mềm không tự chuyển. Hãy chuyển mã sang Unicode (Unikey: Ctrl+Shift+F6) rồi lưu dạng CSV UTF-8 hoặc .xlsx.
    [vni] Tệp giống bảng mã VNI nhưng có ký tự không thuộc bảng mã này, nên phần mềm không tự chuyển. Hãy chuyển mã sang Unicode (Unikey: Ctrl+Shift+F6) rồi lưu dạng CSV UTF-8 hoặc .xlsx.
    [viscii] Tệp giống bảng mã VISCII nhưng có ký tự không thuộc bảng mã này, nên phần mềm không tự chuyển. Hãy chuyển mã sang Unicode rồi lưu dạng CSV UTF-8 hoặc .xlsx.
    [windows-1258] Tệp giống bảng mã Windows-1258 nhưng có ký tự không thuộc bảng mã này, nên phần mềm không tự chuyển. Hãy mở bằng Excel rồi lưu dạng CSV UTF-8 hoặc .xlsx.
    [utf-8-twice] Tệp đã bị chuyển mã sai (“Nguyá»…n”). Hãy xuất lại từ phần mềm gốc, chọn UTF-8.
    [utf-16] Tệp mã UTF-16 bị hỏng. Hãy xuất lại, chọn CSV UTF-8 hoặc .xlsx.
   *[unknown] Tệp không dùng bảng mã Unicode. Hãy lưu lại dạng CSV UTF-8 hoặc .xlsx rồi thử lại.
}
file-invalid-utf8 = Tệp có ký tự hỏng ở dòng { $line } (byte { $byte }). Hãy sửa dòng đó hoặc xuất lại dạng CSV UTF-8.
file-open-quote = Dấu ngoặc kép mở ở dòng { $line } không được đóng, các dòng sau bị dính vào một ô. Hãy sửa dấu ngoặc kép ở dòng đó.

## Trang tính và cột

sheet-heading-missing = Không tìm thấy dòng tiêu đề cột trong 15 dòng đầu. Hãy ghi tên cột (Họ và tên, Giới tính, Ngày sinh…) hoặc dùng tệp mẫu.
sheet-column-missing = Thiếu cột “{ $heading }”. Hãy thêm cột này, hoặc chọn cột tương ứng trong danh sách bên dưới.
sheet-column-unknown = Cột { $column } “{ $heading }” không được nhận biết và sẽ không nhập. Nếu cần, hãy chọn nội dung của cột.
sheet-column-twice = Cột { $column } “{ $heading }” trùng nội dung với một cột trước và sẽ không nhập.
sheet-only-female = Chỉ có cột “Nữ” để đánh dấu: người không đánh dấu được hiểu là Nam. Hãy kiểm tra vài dòng trước khi nhập.
sheet-legacy-font = Họ tên gõ bằng phông chữ cũ (.VnTime hoặc VNI), không phải Unicode. Hãy chuyển mã cả tệp sang Unicode (Unikey: Ctrl+Shift+F6) rồi nhập lại.
sheet-dates-swapped = Có thể Excel đã đảo ngày và tháng: { $dates } ngày sinh dạng ngày đều có ngày từ 12 trở xuống, { $texts } ngày sinh dạng chữ đều từ 13 trở lên. Hãy đối chiếu vài người với sổ trước khi nhập.
sheet-household-gaps = { $rows } dòng chưa có số hộ trong khi các dòng khác có. Nếu số hộ chỉ ghi ở dòng chủ hộ, hãy chép xuống các dòng cùng hộ rồi nhập lại.
template-newer = Tệp mẫu thuộc phiên bản { $version }, mới hơn phần mềm này. Cột mới có thể không được nhập; nên cập nhật phần mềm.

## Họ tên, giới tính, ngày sinh

row-name-missing = Chưa có họ và tên. Hãy điền họ tên, hoặc xóa dòng nếu thừa.
row-name-invalid = Họ tên không có chữ cái nào. Hãy kiểm tra xem có lệch cột không.
row-name-digit = Họ tên có chữ số. Nếu chữ số chỉ để phân biệt người trùng tên, hãy bỏ đi.
row-legacy-font = Họ tên gõ bằng phông chữ cũ (.VnTime hoặc VNI). Hãy chuyển mã sang Unicode rồi nhập lại.
row-sex-missing = Chưa có giới tính. Hãy điền Nam hoặc Nữ.
row-sex-unknown = Không hiểu giới tính “{ $typed }”. Hãy điền Nam hoặc Nữ.
row-sex-both = Cả hai cột Nam và Nữ đều được đánh dấu. Hãy chỉ giữ một cột.
row-born-missing = Chưa có ngày sinh. Không rõ ngày thì điền năm sinh.
row-born-invalid = “{ $typed }” không phải ngày sinh. Hãy viết ngày/tháng/năm (ví dụ 16/01/1960), hoặc chỉ năm.
row-born-future = Ngày sinh { $born } sau hôm nay ({ $today }). Hãy kiểm tra lại năm.
row-born-year-cell = Excel hiện { $day } vì ô định dạng ngày nhưng chỉ gõ năm; đã hiểu là năm sinh { $year }. Hãy kiểm tra lại.

## Ngày

row-date-invalid = “{ $typed }” không phải ngày. Hãy viết ngày/tháng/năm, ví dụ 16/01/2026.
row-date-no-such-day = Ngày “{ $typed }” không có trong lịch. Hãy sửa lại; ngày sinh không rõ ngày thì chỉ điền năm.
row-date-short-year = Năm trong “{ $typed }” chỉ có 2 chữ số, không rõ 19xx hay 20xx. Hãy viết đủ 4 chữ số.
row-date-month-first = “{ $typed }” có vẻ viết tháng trước ngày (kiểu Mỹ). Hãy viết ngày/tháng/năm.
row-date-day-first = “{ $typed }” viết ngày trước tháng, còn tệp được đọc theo tháng/ngày/năm. Hãy viết tháng/ngày/năm.
row-date-incomplete = Ngày này cần đủ ngày/tháng/năm, không chỉ năm hay tháng.
row-date-future = Ngày { $day } sau hôm nay ({ $today }). Hãy kiểm tra lại.
row-date-serial = Ô chứa số ngày của Excel, không định dạng ngày; đã hiểu là { $day }. Hãy kiểm tra lại.

## Số giấy tờ

row-citizen-length = Số CCCD cần { $expected } chữ số, hiện có { $found }. Hãy đối chiếu với thẻ.
row-citizen-spreadsheet = Số CCCD cần 12 chữ số, hiện có { $found }; Excel có thể đã bỏ số 0 đầu. Hãy định dạng cột là Văn bản rồi nhập lại số.
row-citizen-exponent = Excel đã đổi số CCCD thành dạng 1,0E+11 nên mất các chữ số. Hãy xuất lại từ nguồn với cột CCCD dạng Văn bản.
row-citizen-digit = Ký tự thứ { $position } của số CCCD không phải chữ số. Hãy kiểm tra chữ O với số 0, chữ l với số 1.
row-citizen-contradicts = { $sex ->
    [m] Số CCCD cho biết nam, sinh { $year }, khác với giới tính hoặc năm sinh trong dòng. Hãy đối chiếu với thẻ.
   *[f] Số CCCD cho biết nữ, sinh { $year }, khác với giới tính hoặc năm sinh trong dòng. Hãy đối chiếu với thẻ.
}
row-citizen-old-card = Cột CCCD có số 9 chữ số; đã nhận là số CMND cũ. Nếu đã có CCCD, hãy bổ sung sau.
row-old-card-length = Số CMND cần { $expected } chữ số, hiện có { $found }. Hãy đối chiếu với thẻ.
row-old-card-digit = Ký tự thứ { $position } của số CMND không phải chữ số. Hãy sửa lại.
row-old-card-spreadsheet = Excel đã làm hỏng số CMND. Hãy định dạng cột là Văn bản rồi nhập lại số.
row-card-length = Số thẻ BHYT cần 15 ký tự, hoặc 10 chữ số của mã BHXH; hiện có { $found }. Hãy đối chiếu với thẻ.
row-card-invalid = Số thẻ BHYT phải gồm 2 chữ cái, 1 số mức hưởng từ 1 đến 5, rồi 12 chữ số. Hãy đối chiếu với thẻ.
row-card-spreadsheet = Mã BHXH cần 10 chữ số, hiện có { $found }; Excel có thể đã bỏ số 0 đầu. Hãy định dạng cột là Văn bản rồi nhập lại số.
row-card-dates = Thẻ BHYT hết hạn ({ $to }) trước ngày bắt đầu ({ $from }). Hãy sửa lại một trong hai ngày.
row-phone-invalid = Số điện thoại không hợp lệ nên được bỏ qua. Số đúng có 10 chữ số, bắt đầu bằng 0.
row-phone-several = Ô có nhiều số điện thoại; chỉ giữ số đầu.

## Từ trong danh mục

row-ethnicity-unknown = Không có dân tộc “{ $typed }” trong danh mục; để trống. Hãy chọn tên trong danh mục nếu cần.
row-occupation-unknown = Không có nghề “{ $typed }” trong danh mục; để trống. Hãy chọn tên trong danh mục nếu cần.
row-relation-unknown = Không hiểu quan hệ với chủ hộ “{ $typed }”; để trống. Hãy chọn trong danh mục: Chủ hộ, Vợ/chồng, Con…
row-poverty-unknown = Không hiểu diện hộ “{ $typed }”; để trống. Hãy điền Hộ nghèo, Hộ cận nghèo hoặc Không nghèo.
row-residence-unknown = Không hiểu tình trạng cư trú “{ $typed }”; để trống. Hãy điền Thường trú hoặc Tạm trú.

## Ô bất kỳ

row-hidden-characters = Ô có ký tự ẩn không được phép. Hãy xóa ô, gõ lại bằng tay.
row-text-too-long = Nội dung dài quá { $longest } ký tự. Hãy viết gọn lại hoặc kiểm tra lệch cột.
row-cell-date = Excel đã đổi nội dung ô thành ngày { $day }. Hãy định dạng ô là Văn bản rồi gõ lại.
row-cell-flag = Ô chứa TRUE/FALSE thay vì nội dung. Hãy gõ lại bằng chữ.
row-cell-formula = Ô chứa công thức chưa tính. Hãy mở tệp bằng Excel, lưu lại rồi thử lại.
row-cell-broken = Ô báo lỗi { $shown } của Excel. Hãy thay công thức bằng giá trị đúng.

## Bảng xuất ra

table-too-large = Bảng quá lớn so với sức chứa của Excel. Hãy thu hẹp phạm vi (thôn, thời gian) rồi xuất lại.
table-width = Bảng bị lỗi ở dòng { $row }: có { $found } ô thay vì { $expected }. Hãy báo cho người phụ trách phần mềm.

## Dòng so với dòng khác và với hồ sơ

row-village-missing = Chưa ghi thôn, bản. Hãy điền tên thôn của người này.
row-village-unknown = Trạm không có thôn “{ $village }”. Hãy sửa tên thôn, hoặc thêm thôn này vào danh sách thôn của trạm.
row-village-unknown-near = Trạm không có thôn “{ $village }”. Gần giống nhất: { $nearest }. Hãy sửa tên thôn, hoặc thêm thôn mới.
row-number-twice = Số này đã có ở dòng { $row } của tệp. Hãy đối chiếu thẻ của hai người.
row-number-elsewhere = Số tận cùng { $tail } đã thuộc một hồ sơ ở nơi khác. Hãy đối chiếu thẻ; nếu đúng người, ghi chuyển đến thay vì lập hồ sơ mới.
row-number-of-other = Số tận cùng { $tail } đã thuộc một hồ sơ khác (sinh { $born }, { $place }). Hãy đối chiếu, không tạo mới.
row-person-twice = Cùng tên, ngày sinh, giới tính với dòng { $row }. Hãy kiểm tra xem có phải một người ghi hai lần không.
row-second-head = Hộ này đã có chủ hộ ở dòng { $row }.
row-known-loosely = Khớp với hồ sơ chỉ theo tên và năm sinh { $born }. Hãy xem lại; nếu là người khác, ghi thêm số hộ hoặc CCCD.
row-known-away = Người này đã có hồ sơ nhưng đang ghi là đã chuyển đi hoặc đã mất. Hồ sơ giữ nguyên; nếu đã về, hãy ghi chuyển đến.
row-known-other-village = Hồ sơ của người này đang ở { $place }. Hồ sơ giữ nguyên; nếu đã chuyển thôn, hãy ghi chuyển trên hồ sơ.
row-known-other-name = Hồ sơ ghi tên là { $name }. Hồ sơ giữ nguyên; nếu tên trong tệp đúng, hãy sửa trên hồ sơ.
row-known-other-birth = Hồ sơ ghi ngày sinh { $born }. Hồ sơ giữ nguyên; nếu ngày trong tệp đúng, hãy sửa trên hồ sơ.
row-known-other-sex = Hồ sơ ghi giới tính khác. Hồ sơ giữ nguyên; nếu tệp đúng, hãy sửa trên hồ sơ.
row-who-missing = Chưa đủ để biết là ai. Hãy ghi số CCCD, mã tạm hoặc số thẻ BHYT; không có số thì ghi họ tên và ngày sinh.
row-person-unknown = Không tìm thấy người này trong hồ sơ của trạm. Hãy đối chiếu họ tên, ngày sinh, thôn; nếu chưa có hồ sơ thì lập hồ sơ trước.
row-person-several = Có { $n } hồ sơ cùng họ tên và ngày sinh. Hãy ghi thêm số CCCD, mã tạm hoặc thôn để biết là ai.
row-person-loosely = Khớp với hồ sơ sinh { $born } chỉ theo họ tên và năm sinh. Hãy xem lại có đúng người không.
row-temporary-invalid = Mã tạm không đúng dạng. Hãy chép lại mã ghi trên hồ sơ.
row-card-missing = Chưa có số thẻ BHYT. Hãy điền số thẻ, hoặc xóa dòng nếu thừa.
row-card-group = Số thẻ thuộc nhóm { $group }, khác với nhóm ghi trong dòng. Hãy đối chiếu với thẻ.
row-vaccine-missing = Chưa có tên vắc xin. Hãy điền tên vắc xin, hoặc kháng nguyên, bệnh được phòng.
row-vaccine-unknown = Không có vắc xin “{ $typed }” trong danh mục. Hãy chọn tên trong danh mục của tệp mẫu.
row-vaccine-several = “{ $typed }” có thể là nhiều vắc xin: { $names }. Hãy ghi tên một vắc xin.
row-given-missing = Chưa có ngày tiêm. Hãy điền đủ ngày/tháng/năm, hoặc xóa dòng nếu thừa.
row-entry-day-missing = Chưa có ngày ghi phiếu. Hãy điền đủ ngày/tháng/năm của lần khám hay lần hỏi, hoặc xóa dòng nếu thừa.
row-entry-corrected = Phiếu ngày này đã được sửa trên hồ sơ sau khi ghi. Hồ sơ giữ nguyên; nếu tệp mới đúng, hãy sửa phiếu trên hồ sơ.
row-answer-not-asked = Phiếu “{ $form }” không hỏi điều này ở người này hoặc vào ngày ấy nên ô này không được ghi. Các ô khác vẫn được ghi.
row-dose-unknown = Không hiểu mũi số “{ $typed }”; để trống, phần mềm tự tính mũi.
row-dose-number = Tệp ghi mũi { $written }, phần mềm tính là mũi { $counted }. Mũi tiêm vẫn được ghi; hãy xem có thiếu mũi nào trước đó không.
row-head-missing = Chưa có họ tên chủ hộ và cũng chưa có số hộ. Hãy điền ít nhất một trong hai.
row-head-unknown = Chưa có hồ sơ của chủ hộ ở thôn này. Hộ vẫn được ghi; hãy lập hồ sơ chủ hộ rồi đưa vào hộ.
row-head-several = Có { $n } người cùng tên ở thôn này nên chưa biết ai là chủ hộ. Hãy ghi thêm ngày sinh hoặc số CCCD.
row-head-elsewhere = Chủ hộ đang thuộc hộ khác trong phần mềm. Hộ này vẫn được ghi; người ấy giữ nguyên ở hộ cũ.
row-household-nobody = Hộ không có số hộ và chủ hộ chưa có hồ sơ nên lần sau không nhận ra được. Hãy ghi số hộ, hoặc lập hồ sơ chủ hộ trước.
row-household-twice = Số hộ này đã có ở dòng { $row } của tệp, cùng thôn. Hãy sửa số hộ.
row-maybe-known = Có thể đã có hồ sơ ở { $place } (cùng tên, ngày sinh, giới tính). Sẽ lập hồ sơ mới; nếu là một người, hãy ghi chuyển thôn.

## Việc nhập

import-not-checked = Tệp chưa được kiểm tra. Hãy kiểm tra các dòng trước khi ghi.
import-has-errors = Còn { $n } dòng lỗi nên chưa ghi gì. Hãy sửa trong tệp rồi nhập lại, hoặc chọn chỉ ghi các dòng không lỗi.
import-begun = Tệp này đang được ghi hoặc đã ghi xong. Hãy mở lại trang để xem kết quả.

list-household = Số hộ
list-relation = Quan hệ với chủ hộ
list-name = Họ và tên
list-sex = Giới tính
list-born = Ngày sinh
list-citizen = Số CCCD/định danh
list-old_card = Số CMND cũ
list-insurance = Số thẻ BHYT
list-insurance_from = BHYT từ ngày
list-insurance_to = BHYT đến ngày
list-ethnicity = Dân tộc
list-occupation = Nghề nghiệp
list-village = Thôn, bản
list-address = Địa chỉ
list-residence = Tình trạng cư trú
list-since = Cư trú từ ngày
list-poverty = Diện hộ
list-phone = Điện thoại
list-mother_name = Họ tên mẹ
list-head = Họ tên chủ hộ
list-poverty_since = Diện hộ từ ngày
list-temporary = Mã tạm
list-insurance_group = Nhóm thẻ BHYT
list-vaccine = Tên vắc xin
list-antigen = Kháng nguyên, bệnh
list-given = Ngày tiêm
list-dose = Mũi số
list-lot = Số lô vắc xin
list-place = Nơi tiêm
list-entry_on = Ngày ghi phiếu

severity-error = Lỗi
severity-warning = Cảnh báo
severity-info = Để biết

import-title = Nhập danh sách từ Excel
import-steps = Các bước nhập
import-step-file = Chọn tệp
import-step-columns = Ghép cột
import-step-check = Kiểm tra
import-step-done = Kết quả
import-refused = Chưa đọc được tệp
import-file = Tệp trên máy
import-file-hint = Excel (.xlsx) hoặc CSV, đến 25 MB và 50.000 dòng
import-upload = Tải lên và đọc thử
import-templates = Tệp mẫu Excel
import-what = Điều gì sẽ xảy ra
import-what-1 = Tệp được đọc thử, chưa ghi gì vào hồ sơ.
import-what-2 = Cột nào là gì: phần mềm tự nhận, người nhập xem lại khi có chỗ chưa rõ.
import-what-3 = Từng dòng được kiểm tra: ngày sai, CCCD sai, thôn chưa có, người ghi hai lần, người đã có hồ sơ.
import-what-4 = Còn dòng lỗi thì không ghi gì, trừ khi người nhập chọn chỉ ghi các dòng không lỗi. Nhập lại cùng một tệp không thêm ai.
import-earlier = Các lần nhập trước
import-col-at = Lúc
import-col-file = Tệp
import-col-rows = Số dòng
import-col-added = Mới
import-col-updated = Bổ sung
import-col-state = Trạng thái
import-state-read = Chưa ghép cột
import-state-checked = Chờ ghi
import-state-errors = Còn { $n } dòng lỗi
import-state-applying = Đang ghi dở
import-state-applied = Đã ghi

import-columns-title = Ghép cột
import-understood = Tệp { $file }, { $rows } dòng. Đã nhận { $found } trong { $columns } cột.
import-check-rows = Kiểm tra { $rows } dòng
import-other-file = Chọn tệp khác
import-converted =
    Tệp dùng bảng mã cũ { $code ->
        [tcvn3] TCVN3 (ABC)
        [vni] VNI
        [viscii] VISCII
       *[windows-1258] Windows-1258
    }; phần mềm đã chuyển sang Unicode. Hãy xem kỹ họ tên ở các ví dụ bên dưới: đúng dấu thì kiểm tra tiếp, sai thì chọn tệp khác.
import-encoding = Tệp không dùng UTF-8 mà dùng { $code }; đã nhận dạng, hãy nhìn qua vài dòng ví dụ.
import-sheet = Trang tính
import-sheet-all = Cả { $n } trang, như một danh sách
import-converted-cells =
    { $n } ô gõ bằng phông chữ cũ { $code ->
        [vni] VNI
       *[tcvn3] .VnTime (TCVN3, ABC)
    }; phần mềm đã chuyển sang Unicode. Hãy xem kỹ các ví dụ bên dưới, trước và sau khi chuyển: đúng dấu thì kiểm tra tiếp, sai thì chọn tệp khác.
import-days = Ngày trong tệp viết theo thứ tự
import-days-dmy = ngày/tháng/năm
import-days-mdy = tháng/ngày/năm
import-days-unclear = Ngày như “{ $day }” có thể đọc hai cách và không dòng nào trong tệp cho biết cách nào đúng. Hãy chọn thứ tự ngày, tháng.
import-kind = Tệp liệt kê
import-kind-auto = Để phần mềm tự nhận
import-kind-population = Người dân
import-kind-households = Hộ gia đình
import-kind-vaccinations = Lịch sử tiêm chủng
import-kind-cards = Thẻ BHYT
import-kind-form = Phiếu
import-forms = Phiếu của các chương trình
import-forms-other = Phiếu khác
import-rejects-sheet = Dòng cần sửa
import-rejects-title = Các dòng cần sửa của tệp { $file }
import-rejects-hint = Sửa ngay trong các ô màu hồng rồi nhập lại tệp này: phần mềm nhận ra các cột. Ngày viết ngày/tháng/năm.
import-look = Xem trang này
import-col-letter = Cột
import-col-heading = Tiêu đề trong tệp
import-col-examples = Ví dụ 3 dòng đầu
import-col-holds = Là trường
import-col-which = Cột { $letter }, trang { $sheet }: là trường nào
import-col-special = Giữ như đã nhận
import-col-skip = Bỏ qua cột này
import-col-unused = không dùng
import-col-used = sẽ nhập

import-check-title = Kiểm tra trước khi ghi: { $file }
import-counts = Kết quả kiểm tra
import-count-new = { $kind ->
    [households] hộ mới
    [vaccinations] mũi tiêm mới
    [cards] thẻ mới hoặc gia hạn
    [form] phiếu mới
   *[population] người mới
}
import-count-known = { $kind ->
    [households] hộ đã có
    [vaccinations] mũi tiêm đã có
    [cards] thẻ đã có
    [form] phiếu đã có
   *[population] đã có hồ sơ
}
import-count-warning = dòng có cảnh báo
import-count-error = dòng lỗi
import-new-villages = { $n } thôn chưa có trong danh sách thôn của trạm
import-add-villages = Thêm { $n } thôn này
import-clean = Mọi dòng đều đạt
import-clean-what = Không có lỗi và không có điều gì cần xem lại.
import-findings = Dòng cần xem
import-col-level = Mức
import-col-row = Dòng
import-col-field = Trường
import-col-cell = Giá trị trong tệp
import-col-found = Điều thấy được và cách xử lý
import-errors-excel = Tải các dòng cần sửa (Excel)
import-save = Ghi { $n } dòng không lỗi
import-back = Xem lại cách ghép cột
import-drop = Hủy lần nhập
import-left-out = { $n } dòng lỗi sẽ không được ghi. Có thể tải các dòng cần sửa, sửa ngay trong tệp đó rồi nhập lại: dòng đã ghi không bị thêm lần nữa.
import-stopped = Lần ghi trước bị ngắt giữa chừng
import-stopped-what = Các dòng đã ghi vẫn còn nguyên; bấm ghi để làm tiếp phần còn lại.
import-cell-empty = (ô trống)
import-before = Đúng tệp này đã được nhập
import-before-what = Lúc { $at }, thêm { $n } dòng. Ghi lại cũng không thêm gì hai lần.
import-result-title = Đã nhập { $file }
import-done = Đã ghi vào hồ sơ
import-done-what = { $kind ->
    [households] { $added } hộ mới, { $updated } hộ được bổ sung, { $unchanged } hộ không có gì mới.
    [vaccinations] { $added } mũi tiêm mới, { $unchanged } mũi đã có từ trước.
    [cards] { $added } thẻ mới hoặc gia hạn, { $unchanged } thẻ đã có từ trước.
    [form] { $added } phiếu mới, { $unchanged } phiếu đã có từ trước.
   *[population] { $added } người mới, { $updated } người được bổ sung, { $unchanged } người không có gì mới.
}
import-done-left = Còn { $n } dòng lỗi chưa ghi
import-next = Việc tiếp theo
import-next-people = Tìm người vừa nhập
import-next-today = Xem trẻ đến hạn tiêm
import-next-file = Nhập tệp khác
import-this = Lần nhập
import-hash = Mã tệp

request-no-file = Chưa chọn tệp. Hãy chọn tệp Excel hoặc CSV rồi tải lên.

import-undo = Rút lại lần nhập này
import-undo-title = Rút lại lần nhập { $file }
import-undo-lead = Hồ sơ do tệp này lập sẽ không còn; hồ sơ được tệp này bổ sung trở lại như trước. Hồ sơ nào đã có người ghi thêm việc từ sau lần nhập thì giữ lại và được nêu tên.
import-undo-note = Không dòng nào bị xóa khỏi nhật ký; sau này vẫn nhập lại được tệp này.
import-undo-save = Rút lại lần nhập
import-undone = Lần nhập đã được rút lại
import-undone-what = { $n } dòng đã rút lại, { $kept } dòng được giữ.
import-undone-kept = Hồ sơ được giữ lại vì đã có việc ghi thêm
import-form-unknown = Tệp này là mẫu của một phiếu không có ở đây. Hãy tải lại tệp mẫu từ trang Nhập danh sách rồi chép các dòng sang.
import-not-applied = Lần nhập này chưa ghi, hoặc đã được rút lại.
import-state-undone = Đã rút lại
import-state-undoing = Đang rút lại dở
import-undone-title = Đã rút lại lần nhập { $file }
