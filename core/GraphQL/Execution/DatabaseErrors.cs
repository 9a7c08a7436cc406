using Npgsql;
using QualityIngest.GraphQL.Limits;

namespace QualityIngest.GraphQL.Execution;

/// <summary>What the database says of a query, as errors of the whole request: no single field can fail.</summary>
internal static class DatabaseErrors
{
    /// <summary>The error; null: it says nothing of the query, and is a defect or broken infrastructure.</summary>
    /// <param name="e">What the database says. Its words are in a language of its own, so its code alone is read.</param>
    /// <param name="limits">The limits that the query ran under.</param>
    /// <param name="namesZone">Whether the query names a time zone: nothing else of a query that was planned can be a value like that.</param>
    public static GraphQLError? Of(PostgresException e, GraphQLLimits limits, bool namesZone)
    {
        switch (e.SqlState)
        {
            case PostgresErrorCodes.QueryCanceled:
                var timeout = (long)limits.StatementTimeout.TotalMilliseconds;
                return new(ErrorCodes.LimitExceeded, $"The query ran longer than {timeout} ms.", []) { Limit = new("statementTimeout", timeout, timeout) };
            case PostgresErrorCodes.InvalidParameterValue when namesZone:
                return new(ErrorCodes.BadUserInput, "`timeZone` is no name of a time zone, such as `Europe/Berlin`.", []);
            case { } state when state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("54", StringComparison.Ordinal)
                || state == PostgresErrorCodes.OutOfMemory:
                return new(ErrorCodes.QueryFailed, $"The database could not answer the query (SQLSTATE {state}).", []);
            default:
                return null;
        }
    }

    /// <summary>The answer is larger than allowed.</summary>
    public static GraphQLError TooLarge(long bytes, GraphQLLimits limits) =>
        new(ErrorCodes.LimitExceeded, $"The answer has {bytes} bytes; {limits.ResponseBytes} are allowed. Ask for smaller pages or fewer fields.", [])
        {
            Limit = new("responseBytes", limits.ResponseBytes, bytes),
        };
}
