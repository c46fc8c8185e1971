# Rà soát thẻ bảo hiểm y tế.

review-title = Rà soát thẻ BHYT
review-sub = Người đang sống trong địa bàn chưa có thẻ còn hạn, hoặc thẻ hết hạn trong { $n } ngày tới.
review-link = Rà soát thẻ BHYT
review-ending = Sắp hết hạn
review-expired = Đã hết hạn
review-missing = Chưa có thẻ
review-until = Hạn thẻ
review-no-card = Chưa ghi thẻ nào
review-write = Ghi thẻ
review-new = Số thẻ mới
review-sheet = Thẻ BHYT
review-none = Không có ai
review-none-what = Chọn nhóm khác ở trên hoặc thôn khác.
