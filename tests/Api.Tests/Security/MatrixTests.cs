using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Api.Http;

namespace QualityIngest.Api.Tests.Security;

/// <summary>Every operation of the document with every kind of key that must not do: refused as it should be, and nothing has changed.</summary>
public sealed class MatrixTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    // Reached by the secret in its address, which Notifications.AddressTests and DoorTests cover.
    private const string ByAddress = "notify";

    private static readonly string[] Kinds =
    [
        "no key", "another scheme", "what is no key", "what is no key, in the other header", "a broken checksum", "a key that was never made", "a revoked key",
        "an expired key",
    ];

    public static TheoryData<string> Useless { get; } = [.. Kinds];

    private IEnumerable<Operation> Guarded => host.Operations.Where(operation => operation.Id != ByAddress);

    [SkippableFact]
    public void Every_operation_is_in_the_matrix()
    {
        _ = host.Services;
        Assert.Equal([], host.Operations.Select(o => o.Id).Except(host.Requests.Keys).Except([ByAddress]));
        Assert.Equal([], host.Requests.Keys.Except(host.Operations.Select(o => o.Id)));
        Assert.Equal([ByAddress], host.Operations.Where(o => o.Scope is null).Select(o => o.Id));
        Assert.Equal(Kinds.Order(), host.Keys.Useless.Keys.Order());
    }

    [SkippableFact]
    public void Every_endpoint_that_is_served_is_in_the_document_but_for_queries_and_metrics()
    {
        var documented = host.Operations.Select(o => $"{o.Method} {o.Path}").ToHashSet();
        var served = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAccess>() is not null)
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
                .Select(method => $"{method} {endpoint.RoutePattern.RawText!.Trim('/').Replace(":guid", "", StringComparison.Ordinal)}"));

        Assert.Equal(["ANY graphql", "GET metrics"], served.Except(documented).Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(Useless))]
    public async Task What_is_no_working_key_is_refused_and_changes_nothing(string kind)
    {
        _ = host.Services;
        var (key, code) = host.Keys.Useless[kind];
        var before = await Fingerprint.Of(host.Database);

        var answers = await host.Call(Guarded, key);
        var heads = await host.Call(Guarded.Where(o => o.Method == HttpMethod.Get), key, HttpMethod.Head);

        Assert.Equal([], answers.Where(a => (a.Status, a.Code, a.Challenge) != (401, code, "Bearer")).Select(a => a.ToString()));
        Assert.Equal([], heads.Where(a => a.Status != 401 || a.Body.Length > 0).Select(a => a.ToString()));
        Assert.Equal([], answers.Select(a => a.Undocumented).OfType<string>());
        Assert.Equal(before, await Fingerprint.Of(host.Database));
    }

    [SkippableFact]
    public async Task A_key_without_the_one_scope_that_is_needed_is_refused_and_changes_nothing()
    {
        _ = host.Services;
        await Forbidden(host.Keys.Lacking);
    }

    [SkippableFact]
    public async Task Administrators_do_nothing_for_tenants_and_tenants_administer_nothing()
    {
        _ = host.Services;
        await Forbidden(host.Keys.OfTheOtherKind);
    }

    [SkippableFact]
    public async Task What_is_anothers_is_not_found_and_does_not_change()
    {
        _ = host.Services;
        var before = await Fingerprint.Of(host.Database, without: Estate.Stranger);

        var answers = await host.Call(Guarded, _ => new(host.Keys.Stranger));

        Assert.Equal([], answers.Where(answer => !IsDue(answer)).Select(a => $"{a} {a.Body}"));
        Assert.Equal([], answers.Select(a => a.Undocumented).OfType<string>());
        // What a call names it may be told of again; nothing else of the owner's.
        Assert.Equal([], answers.Where(a => a.Status < 400 && host.Estate.Ids.Any(id => a.Body.Contains(id, StringComparison.OrdinalIgnoreCase))).Select(a => $"{a} {a.Body}"));
        Assert.Equal([], answers.Where(a => a.Body.Contains("What only the owner may read", StringComparison.Ordinal)).Select(a => a.ToString()));
        Assert.Equal(before, await Fingerprint.Of(host.Database, without: Estate.Stranger));
    }

    private bool IsDue(OperationAnswer answer)
    {
        if (answer.Operation.Administers)
            return (answer.Status, answer.Code) == (403, "insufficient_scope");
        if (answer.Operation.NamesOne)
            return (answer.Status, answer.Code) == (404, "not_found");
        return host.Requests[answer.Operation.Id].Strangers switch
        {
            ForStrangers.Refused => answer.Status == 422,
            ForStrangers.TheirOwn => answer.Status is >= 200 and < 300,
            _ => answer.Status == 200 && answer.Operation.Method == HttpMethod.Get,
        };
    }

    private async Task Forbidden(Func<Operation, ShownKey> key)
    {
        var before = await Fingerprint.Of(host.Database);

        var answers = await host.Call(Guarded, key);

        Assert.Equal([], answers.Where(a => (a.Status, a.Code) != (403, "insufficient_scope")).Select(a => a.ToString()));
        Assert.Equal([], answers.Select(a => a.Undocumented).OfType<string>());
        Assert.Equal(before, await Fingerprint.Of(host.Database));
    }
}
