using QualityIngest.GraphQL;

namespace QualityIngest.Api.GraphQL.Serving;

/// <summary>The HTTP status codes of what goes wrong while a query runs.</summary>
public static class Statuses
{
    /// <summary>The caller's fault where the query asked for too much; the server's otherwise.</summary>
    public static int Of(GraphQLError error) => error.Code switch
    {
        ErrorCodes.LimitExceeded or ErrorCodes.BadUserInput => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };
}
