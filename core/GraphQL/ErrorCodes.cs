namespace QualityIngest.GraphQL;

/// <summary>The codes of errors that stand in <c>extensions.code</c>.</summary>
public static class ErrorCodes
{
    /// <summary>The text is no executable document.</summary>
    public const string ParseFailed = "GRAPHQL_PARSE_FAILED";

    /// <summary>The document does not fit the schema or the language's rules.</summary>
    public const string ValidationFailed = "GRAPHQL_VALIDATION_FAILED";

    /// <summary>The variables, or an argument's value, are not what their types ask for.</summary>
    public const string BadUserInput = "BAD_USER_INPUT";

    /// <summary>A limit is passed; the error says which.</summary>
    public const string LimitExceeded = "LIMIT_EXCEEDED";

    /// <summary>The document has several operations, or none, or none of the name that was given.</summary>
    public const string OperationUnknown = "OPERATION_UNKNOWN";

    /// <summary>The database could not answer the query; asking again would end alike.</summary>
    public const string QueryFailed = "QUERY_FAILED";
}
