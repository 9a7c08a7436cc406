namespace QualityIngest.GraphQL.Tests.Library;

/// <summary>Single rows: values, objects, relations, ids.</summary>
public sealed class RowTests(LibraryDatabase library) : IClassFixture<LibraryDatabase>
{
    [SkippableFact]
    public async Task A_row_is_found_by_its_id_with_and_without_its_type()
    {
        Assert.Equal(
            """{"a":{"id":"Book:b0000000-0000-0000-0000-000000000001","title":"Alpha"},"b":{"title":"Alpha"},"c":null}""",
            await library.Data("""
                { a: book(id: "b0000000-0000-0000-0000-000000000001") { id title }
                  b: book(id: "Book:b0000000-0000-0000-0000-000000000001") { title }
                  c: book(id: "Book:b0000000-0000-0000-0000-000000000099") { title } }
                """));
    }

    [SkippableFact]
    public async Task Every_kind_of_value_is_answered_in_its_form()
    {
        Assert.Equal(
            """{"book":{"__typename":"Book","title":"Alpha","shout":"ALPHA!","state":"ON_SHELF","addedAt":"2024-01-01T10:00:00.000000Z","published":"2001-02-03","signed":true,"price":"12.50","rating":4.5,"copies":3,"isbn":null,"notes":{"b":1,"a":[1.50]},"tags":["red","with, comma"],"history":["LENT","ON_SHELF"],"size":{"pages":100,"thickness":10}}}""",
            await library.Data(
                """{ book(id: "b0000000-0000-0000-0000-000000000001") { __typename title shout state addedAt published signed price rating copies isbn notes tags history size { pages thickness } } }"""));
    }

    [SkippableFact]
    public async Task What_is_no_value_is_null()
    {
        Assert.Equal(
            """{"nan":{"rating":null,"size":null},"infinite":{"rating":null},"zero":{"size":{"thickness":null}},"none":{"notes":null,"tags":[],"history":[],"published":null,"signed":null}}""",
            await library.Data("""
                { nan: book(id: "b0000000-0000-0000-0000-000000000006") { rating size { pages } }
                  infinite: book(id: "b0000000-0000-0000-0000-000000000007") { rating }
                  zero: book(id: "b0000000-0000-0000-0000-000000000002") { size { thickness } }
                  none: book(id: "b0000000-0000-0000-0000-000000000006") { notes tags history published signed } }
                """));
    }
}
