using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Tests.Library;

public sealed class CatalogueTests
{
    [Fact]
    public void A_declaration_becomes_a_schema()
    {
        var schema = LibraryCatalogue.Declare().Schema;

        Assert.Equal(
            ["node", "book", "books", "authors", "bookStats"],
            schema.Query.Fields.Select(f => f.Name));
        Assert.Contains("type Book implements Node {", SchemaPrinter.Print(schema));
    }
}
