using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>Makes the schema of a declaration: first the types by their names, then their fields, for they refer to each other in circles.</summary>
internal sealed class Assembly(CatalogueBuilder catalogue)
{
    private readonly Dictionary<string, TableSource> _sources = new(StringComparer.Ordinal);
    private readonly FilterTypes _filters = new();
    private readonly PageTypes _pages = new();
    private readonly StatisticsTypes _statistics = new();

    private readonly InterfaceType _node = new("Node", "An object that `node` finds by its id.")
    {
        Fields = [new("id", "Names the object among all objects of all types.", Scalars.Id.Required(), [])],
    };

    /// <summary>The names of the enums whose words become SQL.</summary>
    public HashSet<string> Structural { get; } = new(StringComparer.Ordinal) { StatisticsOrders.Type.Name };

    /// <summary>The schema.</summary>
    public Schema Schema(string description)
    {
        foreach (var table in catalogue.Tables.Values)
        {
            if (table.IsNode && table.Keys.Count != 1)
                throw new ArgumentException($"{table.Name} is a node and has a key of several columns.");
            var source = new TableSource(new ObjectType(table.Name, table.Description), table.From, table.Condition, table.Keys, table.IsNode)
            {
                Requirement = table.Requirement,
            };
            _sources.Add(table.Name, source);
            source.Filter = FilterTypes.Declare(table, source);
            source.Orders = OrderTypes.Of(table);
            Structural.Add(source.Orders.TypeName);
        }
        foreach (var table in catalogue.Tables.Values)
            _filters.Fill(table, _sources[table.Name], name => (Table(name), Source(name)));
        foreach (var table in catalogue.Tables.Values)
            Fill(table, _sources[table.Name]);

        var nodes = _sources.Values.Where(s => s.IsNode).ToList();
        _node.Implementations = [.. nodes.Select(n => n.Type)];
        var query = new ObjectType("Query", "What can be asked for.") { Fields = [.. Roots(nodes)] };
        return new Schema(query, [], SpecifiedDirectives.All, description);
    }

    private void Fill(TableBuilder table, TableSource source)
    {
        if (source.IsNode)
            source.Type.Interfaces = [_node];
        var fields = Fields(table).ToList();
        if (source.IsNode)
            fields.Insert(0, new("id", "Names the object among all objects of all types.", Scalars.Id.Required(), [], new IdSource(source)));
        source.Type.Fields = fields;
    }

    private IEnumerable<FieldDefinition> Fields(RowBuilder row) => row.Members.Select(member => member switch
    {
        ColumnBuilder column => Field(column),
        ObjectBuilder part => Field(part),
        OneBuilder one => Field(one),
        ManyBuilder many => Field(many),
        _ => throw new InvalidOperationException($"A {member.GetType().Name} is no field."),
    });

    private static FieldDefinition Field(ColumnBuilder column)
    {
        TypeReference type = column.List ? column.Type.ListOf() : column.Type.Nullable();
        return new(column.Name, column.Description, column.IsNotNull ? new NonNullReference(type) : type, [],
            new LeafSource(column.Sql, column.Type, column.List, column.Requirement), column.Deprecation);
    }

    private FieldDefinition Field(ObjectBuilder part)
    {
        var type = new ObjectType(part.TypeName, part.Description) { Fields = [.. Fields(part)] };
        return new(part.Name, part.Description, part.NullWhen is null ? type.Required() : type.Nullable(), [], new PartSource(part.NullWhen));
    }

    private FieldDefinition Field(OneBuilder one)
    {
        var target = Source(one.TypeName);
        if (one.On.Column is not null && target.Keys.Count != 1)
            throw new ArgumentException($"{one.Name} refers by one column to {one.TypeName}, whose key has several.");
        return new(one.Name, one.Description, one.IsNotNull ? target.Type.Required() : target.Type.Nullable(), [],
            new OneSource(target, one.On, one.Requirement), one.Deprecation);
    }

    private FieldDefinition Field(ManyBuilder many)
    {
        var target = Source(many.TypeName);
        var rows = new RowsSource(
            target, many.On, many.Rows, many.Conditions.ToDictionary(c => c.Name, FilterTypes.Of), many.IsFiltered, many.DefaultCount, many.MaxCount);
        List<InputDefinition> arguments = [Count("first", $"At most so many, from the start: 1 to {many.MaxCount:N0}, {many.DefaultCount:N0} if not given.")];
        if (many.Paged)
        {
            arguments.Add(new("after", "Only what comes after this cursor.", Scalars.String.Nullable()));
            arguments.Add(Count("last", $"At most so many, from the end, in place of `first`: 1 to {many.MaxCount:N0}."));
            arguments.Add(new("before", "Only what comes before this cursor.", Scalars.String.Nullable()));
        }
        if (many.IsFiltered && target.Filter is { } filter)
            arguments.Add(new("filter", "Only what this holds for.", filter.Nullable()));
        if (many.IsFiltered && target.Orders.Type is { } order)
            arguments.Add(new("orderBy", "The order.", order.Nullable(), Default: Initial(target.Orders)));
        arguments.AddRange(many.Conditions.Select(c => new InputDefinition(c.Name, c.Description, c.Type.Nullable(), Deprecation: c.Deprecation)));
        var type = many.Paged ? _pages.Of(target).Required() : target.Type.RequiredListOf();
        return new(many.Name, many.Description, type, arguments, new ManySource(rows, many.Paged, many.Requirement), many.Deprecation);
    }

    private IEnumerable<FieldDefinition> Roots(List<TableSource> nodes)
    {
        if (nodes.Count > 0)
        {
            yield return new("node", "The object of an id, whatever its type; null: there is none.", _node.Nullable(),
                [new("id", "The id as it was answered, with its type.", Scalars.Id.Required())], new NodeSource(nodes));
        }
        foreach (var member in catalogue.Query.Members)
        {
            yield return member switch
            {
                QueryBuilder.RootOne one => Root(one),
                ManyBuilder many => Field(many),
                StatisticsBuilder statistics => Root(statistics),
                _ => throw new InvalidOperationException($"A {member.GetType().Name} is no field."),
            };
        }
    }

    private FieldDefinition Root(QueryBuilder.RootOne one)
    {
        var target = Source(one.TypeName);
        return target.IsNode
            ? new(one.Name, one.Description, target.Type.Nullable(),
                [new("id", "Its id as it was answered, or bare.", Scalars.Id.Required())], new RootOneSource(target))
            : throw new ArgumentException($"{one.Name} finds a {one.TypeName} by its id, which has no node key.");
    }

    private FieldDefinition Root(StatisticsBuilder statistics)
    {
        var target = Source(statistics.TypeName);
        var (group, by, dimensions) = _statistics.Of(Table(statistics.TypeName), Source);
        var arguments = new List<InputDefinition>();
        if (target.Filter is { } filter)
            arguments.Add(new("filter", "Only what this holds for.", filter.Nullable()));
        if (by is not null)
        {
            Structural.Add(by.Name);
            arguments.Add(new("groupBy", "What makes a group; nothing: there is one group of all.", by.RequiredListOf(), Default: new ListValue(default, [])));
            arguments.Add(new("timeZone", "The IANA time zone of days, weeks and months, such as `Europe/Berlin`.", Scalars.String.Required(), Default: new StringValue(default, "UTC", false)));
        }
        arguments.Add(Count("first", $"At most so many groups: 1 to {statistics.MaxCount:N0}, {statistics.DefaultCount:N0} if not given."));
        arguments.Add(new("orderBy", "The order of the groups.", StatisticsOrders.Type.Required(), Default: new EnumValue(default, StatisticsOrders.Type.Members[0].Name)));
        return new(statistics.Name, statistics.Description, group.RequiredListOf(), arguments,
            new StatisticsSource(target, statistics.DefaultCount, statistics.MaxCount, dimensions, statistics.Requirement));
    }

    private static InputDefinition Count(string name, string description) => new(name, description, Scalars.Int.Nullable());

    private static EnumValue? Initial(OrderSet orders) =>
        orders.ByWord.FirstOrDefault(o => ReferenceEquals(o.Value, orders.Default)).Key is { } word ? new(default, word) : null;

    private TableSource Source(string name) => _sources.GetValueOrDefault(name) ?? throw new ArgumentException($"There is no type {name}.");

    private TableBuilder Table(string name) => catalogue.Tables.GetValueOrDefault(name) ?? throw new ArgumentException($"There is no type {name}.");
}
