using QualityIngest.Api.Http;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Sources;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Connectors;

/// <summary>Connectors: which bucket is read, as whom, and what its files hold.</summary>
public static class ConnectorEndpoints
{
    /// <summary>Maps the connectors themselves, their test and their policy.</summary>
    public static void MapConnectors(this IEndpointRouteBuilder v1)
    {
        var connectors = v1.MapGroup("/connectors").WithTag("Connectors", "Which buckets are read, as whom, and what their files hold.").RequireScope(Scopes.ConnectorsRead);
        connectors.MapGet("", ListConnectors);
        connectors.MapGet("/{id:guid}", GetConnector);
        connectors.MapGet("/{id:guid}/policy", GetConnectorPolicy);

        var changes = v1.MapGroup("/connectors").WithTags("Connectors").RequireScope(Scopes.ConnectorsWrite);
        changes.MapPost("", CreateConnector).Refuses("connector_name_taken", "paths_overlap");
        changes.MapPut("/{id:guid}", ReplaceConnector).Refuses("connector_name_taken", "paths_overlap", "format_fixed", "namespace_fixed");
        changes.MapDelete("/{id:guid}", DeleteConnector);
        changes.MapPost("/{id:guid}/enable", EnableConnector).Refuses("paths_overlap");
        changes.MapPost("/{id:guid}/disable", DisableConnector);
        changes.MapPost("/test", TestConnectorInput);
        changes.MapPost("/{id:guid}/test", TestConnector);
    }

    /// <summary>Lists the connectors, oldest first.</summary>
    public static async Task<Ok<Listing<Connector>>> ListConnectors(
        Paging<Guid> paging, Caller caller, ConnectorDirectory connectors, CancellationToken cancel) =>
        (await connectors.List(caller, paging.Page, cancel)).Listing(paging);

    /// <summary>Gets a connector. Its secret is never shown.</summary>
    public static async Task<Ok<Connector>> GetConnector(Guid id, Caller caller, ConnectorDirectory connectors, CancellationToken cancel) =>
        (await connectors.Get(caller, id, cancel)).Ok();

    /// <summary>
    /// Creates a connector, enabled. One of conversation-json is scanned every hour, first in an hour, and one of feeds every
    /// day at 04:00 UTC, until it is given another schedule; others have none.
    /// </summary>
    public static async Task<Created<Connector>> CreateConnector(
        ConnectorInput connector, Caller caller, ConnectorDirectory connectors, CancellationToken cancel) =>
        (await connectors.Create(caller, connector, cancel)).Created(created => $"/v1/connectors/{created.Id}");

    /// <summary>
    /// Replaces a connector. Access keys without their secret keep the stored one. What is held is looked at again, and a
    /// suspended connector is probed at once.
    /// </summary>
    public static async Task<Ok<Connector>> ReplaceConnector(
        Guid id, IfMatch match, ConnectorInput connector, Caller caller, ConnectorDirectory connectors, CancellationToken cancel) =>
        (await connectors.Replace(caller, id, match.Version, connector, cancel)).Ok();

    /// <summary>
    /// Removes a connector. Its conversations stay, and so does its source's ledger: adding it again ingests nothing twice.
    /// </summary>
    public static async Task<NoContent> DeleteConnector(
        Guid id, IfMatch match, Caller caller, ConnectorDirectory connectors, CancellationToken cancel) =>
        (await connectors.Delete(caller, id, match.Version, cancel)).NoContent();

    /// <summary>Enables a connector: its waiting work goes on.</summary>
    public static async Task<Ok<Connector>> EnableConnector(
        Guid id, Caller caller, ConnectorDirectory connectors, CancellationToken cancel) =>
        (await connectors.SetEnabled(caller, id, true, cancel)).Ok();

    /// <summary>Disables a connector: what runs is drained, what waits goes on waiting.</summary>
    public static async Task<Ok<Connector>> DisableConnector(
        Guid id, Caller caller, ConnectorDirectory connectors, CancellationToken cancel) =>
        (await connectors.SetEnabled(caller, id, false, cancel)).Ok();

    /// <summary>Tests a configuration that is not saved, in five checks. Nothing of it is kept.</summary>
    public static async Task<Ok<ConnectionTestReport>> TestConnectorInput(
        ConnectorInput connector, Caller caller, ConnectorTests tests, CancellationToken cancel) =>
        (await tests.Test(caller, connector, cancel)).Ok();

    /// <summary>Tests a connector, in five checks.</summary>
    public static async Task<Ok<ConnectionTestReport>> TestConnector(Guid id, Caller caller, ConnectorTests tests, CancellationToken cancel) =>
        (await tests.Test(caller, id, cancel)).Ok();

    /// <summary>Gets the exact policies to paste into AWS, so that the connector may read and nothing more.</summary>
    public static async Task<Ok<AccessPolicyDocuments>> GetConnectorPolicy(
        Guid id, Caller caller, ConnectorTests tests, CancellationToken cancel) =>
        (await tests.Policy(caller, id, cancel)).Ok();
}
