using QualityIngest.GraphQL.Types;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>The committed schema, <c>api/GraphQL/schema.graphql</c>: for people, and for tools that generate code from it.</summary>
public static class SchemaFile
{
    /// <summary>The schema's text.</summary>
    public static string Text => SchemaPrinter.Print(ProductCatalogue.Create().Schema);

    /// <summary>Writes it, for the command <c>graphql-schema --output FILE</c>, without starting anything.</summary>
    public static async Task<int> Write(string[] args)
    {
        if (args is not ["graphql-schema", "--output", var file])
        {
            await Console.Error.WriteLineAsync("Usage: graphql-schema --output FILE");
            return 2;
        }

        await File.WriteAllTextAsync(file, Text);
        return 0;
    }
}
