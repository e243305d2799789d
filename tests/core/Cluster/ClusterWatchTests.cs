using Tumbler.Core.Cluster;

namespace Tumbler.Core.Tests.Cluster;

public sealed class ClusterWatchTests
{
    private const string Id = "blue";

    private static readonly Guid Store = Guid.Parse("11111111-1111-4111-8111-111111111111");
    private static readonly Guid Mine = Guid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    private static readonly Guid Other = Guid.Parse("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb");

    private static readonly ClusterRow Row = new(Id, Mine, TimeSpan.Zero, []);
    private static readonly RedisMark Mark = new(Store, Mine, false);

    [Fact]
    public void A_silo_serves_while_database_and_Redis_name_its_generation() =>
        Assert.Equal(new ClusterVerdict.Serve(Confirmed: true), Judge(Row, Mark));

    [Fact]
    public void A_store_that_is_away_proves_nothing()
    {
        var silent = new ClusterVerdict.Serve(Confirmed: false);
        ClusterSight.Database[] rows = [new(null), new(Row), new(Row with { Generation = Other })];
        ClusterSight.Redis[] marks = [new(null, SiloStanding.Missing), new(Mark, SiloStanding.Dead), new(Mark with { Generation = Other }, SiloStanding.Member)];

        Assert.Equal(silent, ClusterWatch.Judge(Id, Store, Mine, new ClusterSight(null, null)));
        Assert.All(rows, row => Assert.Equal(silent, ClusterWatch.Judge(Id, Store, Mine, new ClusterSight(row, null))));
        Assert.All(marks, mark => Assert.Equal(silent, ClusterWatch.Judge(Id, Store, Mine, new ClusterSight(null, mark))));
    }

    [Fact]
    public void A_Redis_without_its_data_ends_the_cluster() =>
        Assert.Equal(new ClusterVerdict.Leave("Redis has lost its data"), Judge(Row, null, SiloStanding.Missing));

    [Fact]
    public void A_new_generation_ends_the_old_one()
    {
        Assert.IsType<ClusterVerdict.Leave>(Judge(Row with { Generation = Other }, Mark with { Generation = Other }, SiloStanding.Missing));
        Assert.IsType<ClusterVerdict.Leave>(Judge(Row, Mark with { Generation = Other, Proposed = true }, SiloStanding.Missing));
        Assert.IsType<ClusterVerdict.Leave>(Judge(null, Mark));
    }

    [Theory]
    [InlineData(SiloStanding.Missing)]
    [InlineData(SiloStanding.Dead)]
    public void Who_is_no_member_any_more_leaves(SiloStanding standing) =>
        Assert.IsType<ClusterVerdict.Leave>(Judge(Row, Mark, standing));

    [Fact]
    public void Nobody_leaves_what_no_start_could_enter_again()
    {
        Assert.IsType<ClusterVerdict.Endure>(Judge(Row with { Generation = Other }, Mark));
        Assert.IsType<ClusterVerdict.Endure>(Judge(Row, Mark with { Generation = Other }));
        Assert.IsType<ClusterVerdict.Endure>(Judge(Row, Mark with { Database = Other, Generation = Other }, SiloStanding.Missing));
        Assert.IsType<ClusterVerdict.Endure>(Judge(Row with { Id = "green", Generation = Other }, Mark));
    }

    private static ClusterVerdict Judge(ClusterRow? row, RedisMark? mark, SiloStanding standing = SiloStanding.Member) =>
        ClusterWatch.Judge(Id, Store, Mine, new ClusterSight(new(row), new(mark, standing)));
}
