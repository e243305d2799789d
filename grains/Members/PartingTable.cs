using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Tumbler.Grains.Members;

/// <summary>The table of members, and for a silo that ends the memory of it: Orleans does not stop before the table says that it
/// has stopped, and there may be no table any more, or no answer. The others are told by what it sends them, as ever, or find out.</summary>
internal sealed class PartingTable(IMembershipTable table, SiloEnd end, IHostApplicationLifetime lifetime) : IMembershipTable
{
    /// <summary>Of a silo that ends: supervisors wait for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private volatile MembershipTableData? last;
    private volatile bool gone;

    private bool IsGone => end.HasCome || gone;

    private bool IsEnding => lifetime.ApplicationStopping.IsCancellationRequested;

    public Task InitializeMembershipTable(bool tryInitTableVersion) => table.InitializeMembershipTable(tryInitTableVersion);

    public Task DeleteMembershipTableEntries(string clusterId) => table.DeleteMembershipTableEntries(clusterId);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => table.CleanupDefunctSiloEntries(beforeDate);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => table.ReadRow(key);

    public Task<MembershipTableData> ReadAll() => last is { } known ? Ask(Read, () => known) : Read();

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        Ask(() => table.InsertRow(entry, tableVersion), () => Remember(entry, tableVersion));

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        Ask(() => table.UpdateRow(entry, etag, tableVersion), () => Remember(entry, tableVersion));

    public Task UpdateIAmAlive(MembershipEntry entry) => Ask(
        async () =>
        {
            await table.UpdateIAmAlive(entry);
            return true;
        },
        () => true);

    private async Task<T> Ask<T>(Func<Task<T>> ask, Func<T> remember)
    {
        if (IsGone)
            return remember();
        try
        {
            return await (IsEnding ? ask().WaitAsync(Patience, TimeProvider.System) : ask());
        }
        catch (Exception e) when (IsEnding && e is not OutOfMemoryException)
        {
            gone = true;
            return remember();
        }
    }

    private async Task<MembershipTableData> Read()
    {
        var read = await table.ReadAll();
        if (read.Members.Count > 0)
            last = read;
        else if (IsEnding && last is not null)
            throw new InvalidOperationException("The table has lost its rows.");
        return read;
    }

    private bool Remember(MembershipEntry entry, TableVersion version)
    {
        var others = last?.Members.Where(each => !each.Item1.SiloAddress.Equals(entry.SiloAddress)) ?? [];
        last = new MembershipTableData([.. others, Tuple.Create(entry, version.VersionEtag)], version);
        return true;
    }
}
