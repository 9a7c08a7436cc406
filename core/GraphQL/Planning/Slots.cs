using NpgsqlTypes;
using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Planning;

/// <summary>A parameter of a plan's statement: its type, and how a request's values make its value.</summary>
internal abstract record Slot(NpgsqlDbType Type)
{
    /// <summary>The value for the database. What is wrong with it is said to the binding.</summary>
    public abstract object? Value(Binding binding);
}

/// <summary>A value, or a list of them as an array.</summary>
internal sealed record ValueSlot(ScalarKind Kind, bool List, ValueSource Source) : Slot(SqlTypes.Of(Kind, List))
{
    /// <inheritdoc/>
    public override object? Value(Binding binding) => List
        ? SqlTypes.Array(Kind, (IReadOnlyList<object?>)Source.In(binding.Variables)!)
        : SqlTypes.Plain(Source.In(binding.Variables));
}

/// <summary>How many rows are asked for.</summary>
internal sealed record CountSlot(string Name, ValueSource? Source, int ByDefault, int AtMost, Location At) : Slot(NpgsqlDbType.Bigint)
{
    /// <summary>How many.</summary>
    public int Of(Binding binding) => Source?.In(binding.Variables) is int count ? count : ByDefault;

    /// <inheritdoc/>
    public override object? Value(Binding binding)
    {
        var count = Of(binding);
        if (count < 1)
            binding.Refuse($"`{Name}` is {count}; it is at least 1.", At);
        else if (count > AtMost)
        {
            binding.Errors.Add(new GraphQLError(ErrorCodes.LimitExceeded, $"`{Name}` is {count}; at most {AtMost} are answered at once.", [At])
            {
                Limit = new(Name, AtMost, count),
            });
        }
        return (long)count;
    }
}

/// <summary>One of the values that a cursor carries.</summary>
internal sealed record CursorSlot(CursorArgument Cursor, int Column) : Slot(SqlTypes.Of(Cursor.Order.Columns[Column].Kind, false))
{
    /// <inheritdoc/>
    public override object? Value(Binding binding) => binding.Cursor(Cursor)?[Column];
}

/// <summary>The key that an id has within it, or the keys of several.</summary>
internal sealed record KeySlot(TableSource Table, bool List, ValueSource Source, Location At) : Slot(SqlTypes.Of(Table.Keys[0].Kind, List))
{
    /// <inheritdoc/>
    public override object? Value(Binding binding)
    {
        var value = Source.In(binding.Variables);
        return List
            ? SqlTypes.Array(Table.Keys[0].Kind, [.. ((IReadOnlyList<object?>)value!).Select(id => Key(binding, id)).Where(key => key is not null)])
            : Key(binding, value);
    }

    private object? Key(Binding binding, object? id)
    {
        if (id is null)
            return null;
        var (key, error) = GlobalId.Read((string)id, Table);
        if (error is not null)
            binding.Refuse(error, At);
        return key;
    }
}

/// <summary>The type that an id names.</summary>
internal sealed record NodeTypeSlot(IReadOnlyList<TableSource> Tables, ValueSource Source, Location At) : Slot(NpgsqlDbType.Text)
{
    /// <inheritdoc/>
    public override object? Value(Binding binding)
    {
        var id = (string)Source.In(binding.Variables)!;
        var table = GlobalId.Type(id, Tables);
        if (table is null)
            binding.Refuse("`id` is none that this schema answers: it begins with a type and a colon.", At);
        else if (GlobalId.Read(id, table).Error is { } error)
            binding.Refuse(error, At);
        binding.Require(table?.Requirement);
        return table?.Type.Name;
    }
}

/// <summary>The key that an id has within it, if it is of this kind; null: it is of another.</summary>
internal sealed record NodeKeySlot(IReadOnlyList<TableSource> Tables, ScalarKind Kind, ValueSource Source) : Slot(SqlTypes.Of(Kind, false))
{
    /// <inheritdoc/>
    public override object? Value(Binding binding)
    {
        var id = (string)Source.In(binding.Variables)!;
        return GlobalId.Type(id, Tables) is { } table && table.Keys[0].Kind == Kind ? GlobalId.Read(id, table).Key : null;
    }
}

/// <summary>The text that follows all texts that begin with a prefix, in the order of their bytes; null: none does.</summary>
internal sealed record PrefixEndSlot(ValueSource Source) : Slot(NpgsqlDbType.Text)
{
    /// <inheritdoc/>
    public override object? Value(Binding binding) => TextRange.End((string)Source.In(binding.Variables)!);
}

/// <summary>The name of a time zone.</summary>
internal sealed record ZoneSlot(ValueSource Source, Location At) : Slot(NpgsqlDbType.Text)
{
    /// <inheritdoc/>
    public override object? Value(Binding binding)
    {
        var zone = (string)Source.In(binding.Variables)!;
        if (!ZoneName.IsPlausible(zone))
            binding.Refuse("`timeZone` is no name of a time zone, such as `Europe/Berlin`.", At);
        return zone;
    }
}

/// <summary>What the schema tells of itself.</summary>
internal sealed record IntrospectionSlot(Func<Binding, byte[]> Answer) : Slot(NpgsqlDbType.Json)
{
    /// <inheritdoc/>
    public override object? Value(Binding binding) => Answer(binding);
}
