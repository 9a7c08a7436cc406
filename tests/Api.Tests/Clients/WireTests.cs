using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;
using QualityIngest.Api.Http;
using QualityIngest.Client;
using QualityIngest.Domain;

namespace QualityIngest.Api.Tests.Clients;

/// <summary>The server and the generated client mean the same by every word and every union.</summary>
public sealed class WireTests
{
    internal static readonly JsonSerializerOptions Server = ServerOptions();
    internal static readonly JsonSerializerOptions Client = ClientOptions();

    public static TheoryData<Type> Enums => [.. Types().Where(type => type.IsEnum)];

    public static TheoryData<Type> Unions => [.. Types().Where(type => type.GetCustomAttribute<JsonPolymorphicAttribute>(false) is not null)];

    [Theory]
    [MemberData(nameof(Enums))]
    public void Every_word_of_the_client_is_one_of_the_servers(Type client)
    {
        var words = Enum.GetValues(client).Cast<object>().Select(value => JsonSerializer.Serialize(value, client, Client)).ToList();
        var server = ServerType(client.Name);

        Assert.Equal(words.Order(), Enum.GetValues(server).Cast<object>().Select(value => JsonSerializer.Serialize(value, server, Server)).Order());
        foreach (var word in words)
        {
            var there = JsonSerializer.Deserialize(word, server, Server);
            Assert.Equal(word, JsonSerializer.Serialize(there, server, Server));
        }
    }

    // Query parameters are written by other code than bodies.
    [Theory]
    [MemberData(nameof(Enums))]
    public void Every_word_is_the_same_in_a_query(Type client)
    {
        foreach (var value in Enum.GetValues(client))
        {
            var member = client.GetField(value.ToString()!)!.GetCustomAttribute<EnumMemberAttribute>();
            Assert.Equal(JsonSerializer.Serialize(value, client, Client), $"\"{member!.Value}\"");
        }
    }

    [Theory]
    [MemberData(nameof(Unions))]
    public void Every_union_of_the_client_has_the_servers_members(Type client)
    {
        var server = ServerType(client.Name);
        Assert.Equal(Members(server), Members(client));
        Assert.Equal(
            server.GetCustomAttribute<JsonPolymorphicAttribute>(false)!.TypeDiscriminatorPropertyName,
            client.GetCustomAttribute<JsonPolymorphicAttribute>(false)!.TypeDiscriminatorPropertyName);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void What_the_client_sends_comes_back_as_it_was(SourcePaths paths, SourceCredentials credentials, DateTimeOffset? from)
    {
        var sent = new SourceSettings { Region = "eu-central-1", Paths = paths, Credentials = credentials, IngestFrom = from, AllowedHosts = ["example.com"] };

        var received = JsonSerializer.Deserialize<Domain.Sources.SourceSettings>(JsonSerializer.Serialize(sent, Client), Server)!;
        var back = JsonSerializer.Deserialize<SourceSettings>(JsonSerializer.Serialize(received, Server), Client)!;

        Assert.Equal((sent.Region, sent.Paths, sent.Credentials, sent.IngestFrom), (back.Region, back.Paths, back.Credentials, back.IngestFrom));
        Assert.Equal(sent.AllowedHosts, back.AllowedHosts);
        Assert.Null(back.Endpoint);
    }

    public static TheoryData<SourcePaths, SourceCredentials, DateTimeOffset?> Sources()
    {
        var data = new TheoryData<SourcePaths, SourceCredentials, DateTimeOffset?>();
        foreach (SourcePaths paths in (SourcePaths[])[new UnifiedPath { Path = "s3://b/c/" }, new SeparatePaths { VoicePath = "s3://b/v/", ChatPath = "s3://b/c/" }])
        {
            data.Add(paths, new AccessKeyCredentials { AccessKeyId = "AKIA", SecretAccessKey = "secret" }, null);
            data.Add(paths, new IamRoleCredentials { RoleArn = "arn:aws:iam::123456789012:role/Reader" }, DateTimeOffset.UnixEpoch);
            data.Add(paths, new ServiceCredentials(), new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, 901, TimeSpan.Zero));
        }

        return data;
    }

    private static Type[] Types() => typeof(QualityIngestClient).Assembly.GetExportedTypes();

    private static Type ServerType(string name) =>
        new[] { typeof(Failure).Assembly, typeof(WireFormat).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Single(type => type.Name == name);

    private static IEnumerable<(string Type, object? Tag)> Members(Type union) =>
        union.GetCustomAttributes<JsonDerivedTypeAttribute>(false).Select(member => (member.DerivedType.Name, member.TypeDiscriminator)).Order();

    private static JsonSerializerOptions ServerOptions()
    {
        var options = new JsonSerializerOptions();
        WireFormat.Apply(options);
        return options;
    }

    private static JsonSerializerOptions ClientOptions() =>
        (JsonSerializerOptions)typeof(QualityIngestClient)
            .GetMethod("CreateSerializerSettings", BindingFlags.NonPublic | BindingFlags.Static)!
            .Invoke(null, null)!;
}
