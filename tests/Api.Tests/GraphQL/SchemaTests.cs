using QualityIngest.Api.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.GraphQL;

public sealed class SchemaTests
{
    private static readonly Schema Schema = ProductCatalogue.Create().Schema;

    private static IEnumerable<NamedType> Own => Schema.Types.Values.Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal));

    [Fact]
    public async Task The_committed_schema_is_the_one_that_is_served()
    {
        var committed = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "api", "GraphQL", "schema.graphql"));
        Assert.True(SchemaFile.Text == committed.ReplaceLineEndings("\n"), "api/GraphQL/schema.graphql is not what the code says. Run ./dev clients.");
    }

    [Fact]
    public void Everything_says_what_it_is()
    {
        foreach (var type in Own)
        {
            Assert.False(string.IsNullOrWhiteSpace(type.Description), $"{type.Name} has no description.");
            foreach (var (name, description) in Parts(type))
                Assert.False(string.IsNullOrWhiteSpace(description), $"{type.Name}.{name} has no description.");
        }
    }

    [Fact]
    public void No_secret_has_a_name_here() =>
        Assert.DoesNotContain(
            Own.SelectMany(Parts),
            part => new[] { "secret", "credential", "settings", "token", "key_id" }.Any(word => part.Name.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<(string Name, string Description)> Parts(NamedType type) => type switch
    {
        ObjectType o => o.Fields.SelectMany(f => f.Arguments.Select(a => (a.Name, a.Description)).Prepend((f.Name, f.Description))),
        InterfaceType i => i.Fields.Select(f => (f.Name, f.Description)),
        InputType i => i.Fields.Select(f => (f.Name, f.Description)),
        EnumType e => e.Members.Select(m => (m.Name, m.Description)),
        _ => [],
    };
}
