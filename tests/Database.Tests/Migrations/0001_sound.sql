create table sound (n int);
