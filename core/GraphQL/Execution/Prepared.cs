using System.Diagnostics.CodeAnalysis;
using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Execution;

/// <summary>A request that can be run, or why it cannot.</summary>
public sealed record Preparation
{
    /// <summary>Every step passed.</summary>
    public Preparation(Prepared query) => (Query, Operation, Errors) = (query, OperationKind.Query, []);

    /// <summary>A step found errors; later ones were not taken.</summary>
    public Preparation(IReadOnlyList<GraphQLError> errors, OperationKind? operation = null) => (Errors, Operation) = (errors, operation);

    /// <summary>What can be run; null beside errors.</summary>
    public Prepared? Query { get; }

    /// <summary>What the chosen operation does, if one could be chosen; beside errors too.</summary>
    public OperationKind? Operation { get; }

    /// <summary>Empty beside a query.</summary>
    public IReadOnlyList<GraphQLError> Errors { get; }

    /// <summary>Whether there is a query.</summary>
    [MemberNotNullWhen(true, nameof(Query))]
    public bool Succeeded => Query is not null;
}

/// <summary>One statement with its values. It belongs to one request and is run once.</summary>
public sealed class Prepared
{
    internal Prepared(string sql, IReadOnlyList<PreparedValue> values, IReadOnlySet<string> requires, byte[]? answer, bool namesZone) =>
        (Sql, Values, Requires, Answer, NamesZone) = (sql, values, requires, answer, namesZone);

    /// <summary>The statement: one row of one column, the value of <c>data</c> as json. Empty when nothing of the database was asked for.</summary>
    public string Sql { get; }

    /// <summary>Its parameters, <c>$1</c> being the first.</summary>
    public IReadOnlyList<PreparedValue> Values { get; }

    /// <summary>The words that the selected fields and given filters require; whoever serves the request compares them to what the caller may.</summary>
    public IReadOnlySet<string> Requires { get; }

    /// <summary>Whether a statement is to be run. Not so where only the schema was asked about.</summary>
    [MemberNotNullWhen(false, nameof(Answer))]
    public bool NeedsDatabase => Answer is null;

    /// <summary>Whether one of the values is the name of a time zone, which the database alone knows.</summary>
    internal bool NamesZone { get; }

    /// <summary>The value of <c>data</c> in UTF-8, where no statement is needed.</summary>
    internal byte[]? Answer { get; }
}

/// <summary>A value for the statement.</summary>
/// <param name="Type">Its type in SQL.</param>
/// <param name="Value">Null: SQL null.</param>
public readonly record struct PreparedValue(NpgsqlTypes.NpgsqlDbType Type, object? Value);
