using System.Reflection;
using QualityIngest.Audio;
using QualityIngest.Database;
using QualityIngest.Domain;
using QualityIngest.EventStore;
using QualityIngest.GraphQL;

namespace QualityIngest.Api.Tests.Architecture;

public sealed class WallTests
{
    [Fact]
    public void The_database_room_knows_no_other_room() =>
        Assert.Empty(Rooms(typeof(Statement).Assembly));

    [Fact]
    public void The_audio_room_knows_no_other_room() =>
        Assert.Empty(Rooms(typeof(Sound).Assembly));

    [Fact]
    public void The_room_of_graphql_knows_no_other_room() =>
        Assert.Empty(Rooms(typeof(GraphQLError).Assembly));

    [Fact]
    public void The_event_store_knows_no_other_room() =>
        Assert.Empty(Rooms(typeof(StoredEvent).Assembly));

    [Fact]
    public void The_domain_knows_the_rooms_below_it_alone() =>
        Assert.Equal(["QualityIngest.Audio", "QualityIngest.Database", "QualityIngest.EventStore"], Rooms(typeof(DomainJson).Assembly));

    [Fact]
    public void Nothing_below_the_api_knows_its_http() =>
        Assert.All(
            new[] { typeof(Sound), typeof(Statement), typeof(GraphQLError), typeof(StoredEvent), typeof(DomainJson) },
            room => Assert.DoesNotContain(References(room.Assembly), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)));

    private static IEnumerable<string> Rooms(Assembly room) =>
        References(room).Where(name => name.StartsWith("QualityIngest", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> References(Assembly room) => room.GetReferencedAssemblies().Select(name => name.Name!);
}
