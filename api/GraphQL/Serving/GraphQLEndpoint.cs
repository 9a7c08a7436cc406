using System.Buffers;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using QualityIngest.Api.GraphQL.Catalogue;
using QualityIngest.Api.Http;
using QualityIngest.Domain.Queries;
using QualityIngest.Domain.Tenants;
using QualityIngest.GraphQL;
using QualityIngest.GraphQL.Execution;
using QualityIngest.GraphQL.Language;

namespace QualityIngest.Api.GraphQL.Serving;

/// <summary>Serves <c>/graphql</c>, after the GraphQL-over-HTTP specification.</summary>
public static class GraphQLEndpoint
{
    /// <summary>The path.</summary>
    public const string Path = "/graphql";

    private const string Allowed = "GET, HEAD, OPTIONS, POST";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Registers the engine with the product's catalogue.</summary>
    public static IServiceCollection AddGraphQL(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GraphQLOptions>()
            .Bind(configuration.GetSection(GraphQLOptions.Section))
            .Validate(options => options.IsValid, GraphQLOptions.Rule)
            .Validate(options => options.Limits.IsValid, QualityIngest.GraphQL.Limits.GraphQLLimits.Rule)
            .ValidateOnStart();
        services.AddOptions<QueryPlaceOptions>().Bind(configuration.GetSection(QueryPlaceOptions.Section))
            .Validate(options => options.IsValid, QueryPlaceOptions.Rule).ValidateOnStart();
        services.AddQueries();
        services.AddSingleton<QueryPlaces>();
        services.AddSingleton<Explorer.Explorer>();
        services.AddSingleton(provider => new GraphQLEngine(ProductCatalogue.Create(), provider.GetRequiredService<IOptions<GraphQLOptions>>().Value));
        return services;
    }

    /// <summary>
    /// Maps it. It takes every method, to refuse the wrong ones in its own words; OPTIONS, which tells the right ones, needs no key.
    /// </summary>
    public static void MapGraphQL(this IEndpointRouteBuilder app)
    {
        app.MapMethods(Path, [HttpMethods.Options], Tell).ExcludeFromDescription();
        app.Map(Path, Answer).RequireScope(Scopes.ConversationsRead).WithMetadata(new ReadsQuery()).WithName("graphql").ExcludeFromDescription();
    }

    private static IResult Tell(HttpResponse response)
    {
        response.Headers.Allow = Allowed;
        return Results.NoContent();
    }

    private static async Task Answer(
        HttpContext context, Caller caller, GraphQLEngine engine, TenantQueries queries, QueryPlaces places, IOptions<QueryPlaceOptions> options)
    {
        var (request, cancel) = (context.Request, context.RequestAborted);
        if (MediaTypes.Accepted(request) is not { } media)
        {
            await Refuse(context, new(StatusCodes.Status406NotAcceptable, "NOT_ACCEPTABLE", "Accept application/graphql-response+json or application/json."));
            return;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsPost(request.Method))
        {
            await RefuseMethod(context, Allowed, "Send a GET or a POST.");
            return;
        }

        var (asked, fault) = await Asking.Read(request, cancel);
        if (asked is null)
        {
            await Refuse(context, fault!);
            return;
        }

        var prepared = engine.Prepare(new(asked.Query, asked.OperationName, asked.Variables));
        if (HttpMethods.IsGet(request.Method) && prepared.Operation is OperationKind.Mutation or OperationKind.Subscription)
            await RefuseMethod(context, "POST", "A GET only ever reads: send a query.");
        else if (!prepared.Succeeded)
            await Write(context, media, StatusCodes.Status400BadRequest, prepared.Errors);
        else if (prepared.Query.Requires.FirstOrDefault(scope => !caller.Scopes.Contains(scope)) is { } missing)
            await Refuse(context, new(StatusCodes.Status403Forbidden, "INSUFFICIENT_SCOPE", $"What this query asks for needs a key with the scope {missing}."));
        else if (prepared.Query.NeedsDatabase)
        {
            var (place, reached) = await places.Take(caller.Tenant, cancel);
            using (place)
            {
                if (reached is not null)
                    await GraphQLProblems.Write(context, reached, Pause);
                else
                    await queries.Run(caller, (transaction, ct) => Run(context, media, engine, prepared.Query, transaction, options.Value.Sending, ct), cancel);
            }
        }
        else
        {
            await Run(context, media, engine, prepared.Query, null, options.Value.Sending, cancel);
        }
    }

    private static async Task<bool> Run(
        HttpContext context, MediaType media, GraphQLEngine engine, Prepared query, Npgsql.NpgsqlTransaction? transaction, TimeSpan time,
        CancellationToken cancel)
    {
        await using var result = await engine.Run(query, transaction, cancel);
        if (result.Error is { } error)
        {
            await Write(context, media, Statuses.Of(error), [error]);
            return false;
        }

        Head(context.Response, media, StatusCodes.Status200OK);
        context.Response.ContentLength = result.Length;
        // Whoever reads slowly enough would keep the connection for hours.
        using var sending = new CancellationTokenSource(time);
        await using var end = sending.Token.UnsafeRegister(static late => ((HttpContext)late!).Abort(), context);
        await result.CopyTo(context.Response.BodyWriter, cancel);
        return true;
    }

    private static Task RefuseMethod(HttpContext context, string allowed, string message)
    {
        context.Response.Headers.Allow = allowed;
        return Refuse(context, new(StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", message));
    }

    private static Task Refuse(HttpContext context, Misasked fault) => GraphQLProblems.Write(context, fault);

    // To a client of application/json, a request that was understood is a success of HTTP, whatever GraphQL says of it.
    private static async Task Write(HttpContext context, MediaType media, int status, IReadOnlyList<GraphQLError> errors)
    {
        var body = new ArrayBufferWriter<byte>();
        ErrorJson.Write(body, errors);
        Head(context.Response, media, media is MediaType.Json && status < StatusCodes.Status500InternalServerError ? StatusCodes.Status200OK : status);
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private static void Head(HttpResponse response, MediaType media, int status)
    {
        response.StatusCode = status;
        response.ContentType = media.ContentType();
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = HeaderNames.Accept;
    }

    private sealed record ReadsQuery : IReadsQuery;
}
