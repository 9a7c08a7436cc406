using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Limits;

namespace QualityIngest.GraphQL.Values;

/// <summary>
/// Gathers what is wrong with inputs, up to a number that a reader can use, and counts what they hold against the limits.
/// </summary>
/// <param name="errors">Where errors go.</param>
/// <param name="limits">How large inputs may be.</param>
internal sealed class InputErrors(ICollection<GraphQLError> errors, GraphQLLimits limits)
{
    private const int Most = 20;

    private int _values;
    private int _objects;

    /// <summary>Whether nothing more is to be looked at: a limit is passed, or there are errors enough.</summary>
    public bool Done { get; private set; }

    /// <summary>How many values may still come.</summary>
    public int Left => limits.InputValues - _values;

    /// <summary>Adds an error; without a place where the document leaves out what is blamed.</summary>
    public void Refuse(Location at, string message)
    {
        if (Done)
            return;
        errors.Add(new GraphQLError(ErrorCodes.BadUserInput, Sentence.Short(message), at == default ? [] : [at]));
        Done = errors.Count >= Most;
    }

    /// <summary>Counts one value that lies in as many lists and objects; false: a limit is passed, which is an error now.</summary>
    public bool Count(Location at, InputPath path, int depth)
    {
        if (Done)
            return false;
        if (depth > limits.InputDepth)
            Exceed(at, $"{path} lies deeper than {limits.InputDepth} lists and objects.", new ExceededLimit("inputDepth", limits.InputDepth, depth));
        else if (++_values > limits.InputValues)
            Exceed(at, $"{path.Root} holds more than {limits.InputValues} values.", new ExceededLimit("inputValues", limits.InputValues, _values));
        return !Done;
    }

    /// <summary>Counts one input object; false: a limit is passed, which is an error now.</summary>
    public bool CountObject(Location at, InputPath path)
    {
        if (++_objects > limits.InputObjects)
            Exceed(at, $"{path.Root} holds more than {limits.InputObjects} input objects.", new ExceededLimit("inputObjects", limits.InputObjects, _objects));
        return !Done;
    }

    private void Exceed(Location at, string message, ExceededLimit limit)
    {
        errors.Add(new GraphQLError(ErrorCodes.LimitExceeded, Sentence.Short(message), [at]) { Limit = limit });
        Done = true;
    }
}
