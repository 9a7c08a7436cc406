namespace QualityIngest.Database;

/// <summary>
/// Tells at start whether this node has the keys of its database: the database keeps a sealed canary for every key that
/// seals, and a node without one of these keys would fail later, secret by secret.
/// </summary>
public sealed class SecretCanary(Postgres postgres, SecretBox box)
{
    private const string Word = "canary", Context = "secret_keys";

    /// <summary>Registers the sealing key and opens the canaries of all keys.</summary>
    /// <exception cref="SecretBoxException">A key is missing here; the node must not start.</exception>
    public async Task Check(CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        // Looked at before this node adds its own, so that a node with a wrong key leaves nothing behind.
        var canaries = await session.Query(
            new Statement("select canary from secret_keys order by created_at, id"), row => row.GetFieldValue<byte[]>(0), cancel);
        foreach (var canary in canaries)
        {
            try
            {
                if (box.Open(canary, Context) != Word)
                    throw new SecretBoxException("It holds another word.");
            }
            catch (SecretBoxException e)
            {
                throw new SecretBoxException(
                    "This node does not have the keys that this database's secrets are sealed with. " +
                    $"Set Secrets__Keys__0… to them, or restore secrets.key into the data directory. {e.Message}", e);
            }
        }
        await session.Execute(
            new Statement("insert into secret_keys (id, canary) values ($1, $2) on conflict do nothing", box.SealingKey.ToArray(), box.Seal(Word, Context)), cancel);
        await session.Commit(cancel);
    }

    /// <summary>
    /// Lets all keys but the sealing one go, once every stored secret is sealed with it (<see cref="SecretBox.IsOld"/>),
    /// in the transaction that sealed the last of them. Nodes then start without the old keys.
    /// </summary>
    /// <returns>How many keys were let go.</returns>
    public Task<int> ForgetOldKeys(SystemSession session, CancellationToken cancel) =>
        session.Execute(new Statement("delete from secret_keys where id <> $1", box.SealingKey.ToArray()), cancel);
}
