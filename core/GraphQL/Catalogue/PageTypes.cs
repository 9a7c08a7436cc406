using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>The types of pages, after the specification of Relay's connections: a connection and an edge a table.</summary>
internal sealed class PageTypes
{
    private readonly Dictionary<string, ObjectType> _connections = new(StringComparer.Ordinal);

    private readonly ObjectType _pageInfo = new("PageInfo", "Where a page stands among all.")
    {
        Fields =
        [
            Field("hasNextPage", "Whether more follows. Of a page from the end, true where `before` was given.", Scalars.Boolean.Required(), PagePart.HasNextPage),
            Field("hasPreviousPage", "Whether something comes before. Of a page from the start, true where `after` was given.", Scalars.Boolean.Required(), PagePart.HasPreviousPage),
            Field("startCursor", "The first object's cursor; null: the page is empty.", Scalars.String.Nullable(), PagePart.StartCursor),
            Field("endCursor", "The last object's cursor; null: the page is empty.", Scalars.String.Nullable(), PagePart.EndCursor),
        ],
    };

    /// <summary>The connection of a table.</summary>
    public ObjectType Of(TableSource table)
    {
        var name = table.Type.Name;
        if (_connections.TryGetValue(name, out var known))
            return known;
        var edge = new ObjectType($"{name}Edge", $"A `{name}` and its place in a list.")
        {
            Fields =
            [
                Field("cursor", "Its place: what `after` and `before` take, in lists of the same order.", Scalars.String.Required(), PagePart.Cursor),
                Field("node", "The object.", table.Type.Required(), PagePart.Node),
            ],
        };
        return _connections[name] = new ObjectType($"{name}Connection", $"A page of objects of type `{name}`.")
        {
            Fields =
            [
                Field("edges", "The page's objects with their places.", edge.RequiredListOf(), PagePart.Edges),
                Field("nodes", "The page's objects alone.", table.Type.RequiredListOf(), PagePart.Nodes),
                Field("pageInfo", "Where the page stands.", _pageInfo.Required(), PagePart.PageInfo),
                Field("totalCount", "How many objects there are on all pages. Counting takes time: ask for it once, not with each page.", Scalars.Long.Required(), PagePart.TotalCount),
            ],
        };
    }

    private static FieldDefinition Field(string name, string description, TypeReference type, PagePart part) =>
        new(name, description, type, [], new PageSource(part));
}
