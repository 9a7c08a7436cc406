using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL;

/// <summary>What can be asked for: a schema, every field of which knows its SQL. Made once; used by any number of threads.</summary>
public sealed class GraphQLCatalogue
{
    private GraphQLCatalogue(Schema schema, IReadOnlySet<string> structural) => (Schema, Structural) = (schema, structural);

    /// <summary>The types, as documents, validation and introspection see them.</summary>
    public Schema Schema { get; }

    /// <summary>The names of the enums whose words become SQL: orders and dimensions.</summary>
    internal IReadOnlySet<string> Structural { get; }

    /// <summary>Declares a catalogue.</summary>
    /// <param name="description">What the schema is about.</param>
    /// <param name="declare">Its enums, tables and query fields.</param>
    /// <exception cref="ArgumentException">The declaration contradicts itself; the message says where.</exception>
    public static GraphQLCatalogue Declare(string description, Action<CatalogueBuilder> declare)
    {
        var builder = new CatalogueBuilder();
        declare(builder);
        var assembly = new Assembly(builder);
        return new(assembly.Schema(description), assembly.Structural);
    }
}
