using System.Collections.Immutable;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests.Journal;

public sealed class OrganizationRowTests : IDisposable
{
    private readonly JournalFixture fixture = new();
    private readonly History history = new(seed: 8);

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_change_of_one_of_ten_thousand_api_keys_writes_one()
    {
        var keys = Enumerable.Range(0, 10_000).Select(_ => history.ApiKey()).ToImmutableDictionary(key => key.Id);
        var (first, entries) = history.Audited(history.NewOrganization(History.Org(1)) with { ApiKeys = keys });
        var saved = await fixture.Journal.Organizations.Save(first, VersionToken.None, entries, CancellationToken.None);
        var before = fixture.Bytes().Length;

        var (next, more) = history.Audited(first with { ApiKeys = keys.SetItem(keys.Keys.First(), keys.Values.First() with { Name = "new" }) });
        await fixture.Open().Organizations.Save(next, saved.Version, more, CancellationToken.None);

        Assert.InRange(fixture.Bytes().Length - before, 1, 4000);
        var loaded = await fixture.Open().Organizations.Load(History.Org(1), CancellationToken.None);
        Assert.Equal(Shape.Of(next), Shape.Of(loaded!.State));
    }
}
