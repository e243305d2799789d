using Orleans.Runtime;

namespace Tumbler.Grains.Members;

/// <summary>The table of members, and for a silo whose cluster is over the memory of it: Orleans does not stop before the table
/// says that it has stopped, and there may be no table any more. The others are told by what it sends them, as ever.</summary>
internal sealed class PartingTable(IMembershipTable table, SiloEnd end) : IMembershipTable
{
    private volatile MembershipTableData? last;

    public Task InitializeMembershipTable(bool tryInitTableVersion) => table.InitializeMembershipTable(tryInitTableVersion);

    public Task DeleteMembershipTableEntries(string clusterId) => table.DeleteMembershipTableEntries(clusterId);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => table.CleanupDefunctSiloEntries(beforeDate);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => table.ReadRow(key);

    public async Task<MembershipTableData> ReadAll()
    {
        if (end.HasCome && last is { } known)
            return known;
        var read = await table.ReadAll();
        if (read.Members.Count > 0)
            last = read;
        return read;
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        end.HasCome ? Remember(entry, tableVersion) : table.InsertRow(entry, tableVersion);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        end.HasCome ? Remember(entry, tableVersion) : table.UpdateRow(entry, etag, tableVersion);

    public Task UpdateIAmAlive(MembershipEntry entry) => end.HasCome ? Task.CompletedTask : table.UpdateIAmAlive(entry);

    private Task<bool> Remember(MembershipEntry entry, TableVersion version)
    {
        var others = last?.Members.Where(each => !each.Item1.SiloAddress.Equals(entry.SiloAddress)) ?? [];
        last = new MembershipTableData([.. others, Tuple.Create(entry, version.VersionEtag)], version);
        return Task.FromResult(true);
    }
}
