namespace QualityIngest.Api.GraphQL.Serving;

/// <summary>What stands before the API's frame at <c>/graphql</c>.</summary>
public static class GraphQLFrame
{
    /// <summary>
    /// Gives a browser the page to ask queries on, which needs no key by itself, and has everything else that goes wrong told as
    /// GraphQL tells it.
    /// </summary>
    public static IApplicationBuilder UseGraphQL(this WebApplication app)
    {
        var explorer = app.Services.GetRequiredService<Explorer.Explorer>();
        return app.Use((context, next) =>
        {
            var request = context.Request;
            if (!request.Path.StartsWithSegments(GraphQLEndpoint.Path, out var rest) || (rest.HasValue && rest != "/"))
                return next(context);
            if (HttpMethods.IsGet(request.Method) && !request.Query.ContainsKey("query") && MediaTypes.WantsPage(request))
                return explorer.Write(context.Response, context.RequestAborted);
            context.Features.Set<Http.IProblemForm>(GraphQLProblems.Form);
            return next(context);
        });
    }
}
