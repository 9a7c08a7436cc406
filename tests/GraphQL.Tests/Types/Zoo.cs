using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Tests.Types;

/// <summary>A schema with a few of everything.</summary>
internal static class Zoo
{
    public static readonly EnumType Size = new("Size", "How large.", [new("SMALL", "", "s"), new("LARGE", "", "l", "Too vague.")]);

    public static readonly InputType Filter = MakeFilter();

    public static readonly Schema Schema = MakeSchema();

    /// <summary>A document that reads.</summary>
    public static Document Parse(string text)
    {
        var parsed = Parser.Parse(text);
        return parsed.Document ?? throw new ArgumentException($"{parsed.Error?.Message}: {text}");
    }

    private static InputType MakeFilter()
    {
        var filter = new InputType("Filter", "Which animals.");
        filter.Fields = [
            new("and", "All of these.", filter.ListOf()),
            new("not", "", filter.Nullable()),
            new("name", "", Scalars.String.Nullable()),
            new("size", "", Size.Nullable(), new EnumValue(default, "SMALL")),
            new("legs", "", Scalars.Int.Nullable()),
            new("ids", "", Scalars.Uuid.ListOf()),
        ];
        return filter;
    }

    private static Schema MakeSchema()
    {
        var animal = new InterfaceType("Animal", "Whatever lives here.");
        var (lion, owl) = (new ObjectType("Lion", "It roars."), new ObjectType("Owl", "It hoots."));
        FieldDefinition[] shared = [new("id", "", Scalars.Id.Required(), []), new("friends", "", animal.RequiredListOf(), [])];
        animal.Fields = shared;
        animal.Implementations = [lion, owl];
        lion.Interfaces = owl.Interfaces = [animal];
        lion.Fields = [.. shared, new("roar", "How loud.", Scalars.Float.Nullable(), []), new("cub", "", lion.Nullable(), [])];
        owl.Fields = [.. shared, new("roar", "", Scalars.Int.Nullable(), [], Deprecation: "Owls hoot.")];
        var query = new ObjectType("Query", "Where visitors start.")
        {
            Fields = [
                new("animals", "", animal.RequiredListOf(), [
                    new("filter", "Which.", Filter.Nullable()), new("first", "", Scalars.Int.Nullable(), new IntValue(default, "50")),
                ]),
                new("lion", "", lion.Nullable(), [new("id", "", Scalars.Id.Required())]),
                new("take", "", Scalars.Boolean.Nullable(), [.. Leaves().Select(s => new InputDefinition(s.Name, "", s.Nullable()))]),
            ],
        };
        return new Schema(query, [], [], "A zoo.");
    }

    private static ScalarType[] Leaves() =>
    [
        Scalars.Int, Scalars.Long, Scalars.Float, Scalars.String, Scalars.Boolean, Scalars.Id, Scalars.Uuid, Scalars.Decimal, Scalars.DateTime, Scalars.Date,
        Scalars.Json,
    ];
}
