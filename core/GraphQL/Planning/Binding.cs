using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Planning;

/// <summary>The values of one request on their way into a plan's parameters.</summary>
internal sealed class Binding(IReadOnlyDictionary<string, object?> variables)
{
    private readonly HashSet<string> _required = new(StringComparer.Ordinal);
    private readonly Dictionary<CursorArgument, object?[]?> _cursors = new(ReferenceEqualityComparer.Instance);

    /// <summary>The coerced variables.</summary>
    public IReadOnlyDictionary<string, object?> Variables => variables;

    /// <summary>What is wrong with the values; then nothing is run.</summary>
    public List<GraphQLError> Errors { get; } = [];

    /// <summary>Bytes that the schema has told of itself so far: all that one response tells is bounded together.</summary>
    public long Told { get; set; }

    /// <summary>Notes what a value requires: an id may name what the caller may not see.</summary>
    public void Require(string? word)
    {
        if (word is not null)
            _required.Add(word);
    }

    /// <summary>What a plan requires, with what these values require beside it.</summary>
    public IReadOnlySet<string> Required(IReadOnlySet<string> plan) =>
        _required.Count == 0 ? plan : new HashSet<string>(plan.Concat(_required), StringComparer.Ordinal);

    /// <summary>The values that a cursor carries; null: it is no cursor of its order, and an error was said.</summary>
    public object?[]? Cursor(CursorArgument argument)
    {
        if (!_cursors.TryGetValue(argument, out var values))
        {
            values = CursorText.Read((string)argument.Source.In(variables)!, argument.Order);
            if (values is null)
                Refuse($"`{argument.Name}` is no cursor of a list in this order.", argument.At);
            _cursors.Add(argument, values);
        }
        return values;
    }

    /// <summary>Says what is wrong with a value.</summary>
    public void Refuse(string message, Location at) => Errors.Add(new GraphQLError(ErrorCodes.BadUserInput, message, [at]));
}
