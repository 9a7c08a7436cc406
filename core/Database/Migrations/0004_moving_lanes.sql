-- A request that asks for work again may ask for it in another lane.
grant update (lane) on work_items to qi_request;
