create table half_made (n int);
select no_such_column from half_made;
