using System.Security.Cryptography;
using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests.Secrets;

public sealed class SecretCanaryTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [SkippableFact]
    public async Task A_node_needs_every_key_that_seals_in_its_database()
    {
        byte[] old = RandomNumberGenerator.GetBytes(32), fresh = RandomNumberGenerator.GetBytes(32);
        await Node(old).Check(Never);
        await Node(old).Check(Never);
        await Assert.ThrowsAsync<SecretBoxException>(() => Node(fresh).Check(Never));

        await Node(fresh, old).Check(Never);
        await Assert.ThrowsAsync<SecretBoxException>(() => Node(old).Check(Never));
        await Assert.ThrowsAsync<SecretBoxException>(() => Node(fresh).Check(Never));

        await using (var session = await database.Postgres.System(Never))
        {
            Assert.Equal(1, await Node(fresh, old).ForgetOldKeys(session, Never));
            await session.Commit(Never);
        }
        await Node(fresh).Check(Never);
    }

    [SkippableFact]
    public async Task Requests_do_not_see_the_canaries()
    {
        await using var session = await database.Postgres.Tenant("acme", Never);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => session.Scalar<long>(new Statement("select count(*) from secret_keys"), Never));
    }

    private SecretCanary Node(params byte[][] keys) => new(database.Postgres, new SecretBox(keys));
}
