using Tumbler.Core.Cluster;

namespace Tumbler.Core.Tests.Cluster;

public sealed class ClusterEntryTests
{
    private const string Id = "blue";

    private static readonly Guid Store = Guid.Parse("11111111-1111-4111-8111-111111111111");
    private static readonly Guid Foreign = Guid.Parse("22222222-2222-4222-8222-222222222222");
    private static readonly Guid Old = Guid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    private static readonly Guid New = Guid.Parse("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb");

    private static readonly ClusterRow Running = new(Id, Old, TimeSpan.FromSeconds(3), []);
    private static readonly ClusterRow Silent = Running with { Silence = TimeSpan.FromSeconds(10) };

    [Fact]
    public void A_new_database_and_a_new_Redis_become_a_cluster_step_by_step()
    {
        Assert.Equal(new EntryStep.Propose(), Next(null, null));
        Assert.Equal(new EntryStep.Found(New), Next(null, Mark(New, proposed: true)));
        Assert.Equal(new EntryStep.Confirm(), Next(Running with { Generation = New }, Mark(New, proposed: true)));
        Assert.Equal(new EntryStep.Enter(New), Next(Running with { Generation = New }, Mark(New)));
    }

    [Fact]
    public void A_Redis_without_its_data_begins_a_new_generation_step_by_step()
    {
        Assert.Equal(new EntryStep.Propose(), Next(Silent, null));
        Assert.Equal(new EntryStep.Succeed(Old, New), Next(Silent, Mark(New, proposed: true)));
        Assert.Equal(new EntryStep.Confirm(), Next(Silent with { Generation = New }, Mark(New, proposed: true)));
        Assert.Equal(new EntryStep.Enter(New), Next(Silent with { Generation = New }, Mark(New)));
    }

    [Fact]
    public void An_empty_Redis_does_not_begin_a_generation_while_silos_run_on_another()
    {
        Assert.IsType<EntryStep.Wait>(Next(Running, null));
        Assert.IsType<EntryStep.Wait>(Next(Running, Mark(New, proposed: true)));
    }

    [Fact]
    public void A_database_that_was_restored_from_before_its_first_cluster_takes_the_generation_of_its_Redis() =>
        Assert.Equal(new EntryStep.Found(Old), Next(null, Mark(Old)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_generations_that_were_both_confirmed_are_for_people_to_decide(bool running)
    {
        var refusal = Assert.IsType<EntryStep.Refuse>(Next(running ? Running : Silent, Mark(New)));

        Assert.Equal(EntryFault.Redis, refusal.Fault);
        Assert.Contains("one of them is an old one", refusal.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_Redis_of_another_database_is_refused_whatever_the_database_says(bool proposed)
    {
        var mark = new RedisMark(Foreign, Old, proposed);

        foreach (var row in (ClusterRow?[])[null, Running, Silent])
            Assert.Equal(EntryFault.Redis, Assert.IsType<EntryStep.Refuse>(Next(row, mark)).Fault);
    }

    [Fact]
    public void A_database_of_another_cluster_is_refused_whatever_Redis_says()
    {
        foreach (var mark in (RedisMark?[])[null, Mark(Old), Mark(New, proposed: true), new RedisMark(Foreign, Old, false)])
        {
            var refusal = Assert.IsType<EntryStep.Refuse>(Next(Running with { Id = "green" }, mark));

            Assert.Equal(EntryFault.ClusterId, refusal.Fault);
            Assert.Equal("is 'blue', but the database belongs to cluster 'green'", refusal.Reason);
        }
    }

    /// <summary>However many start at once, wherever each of them is held up or dies, whenever Redis loses its data: each that
    /// enters enters the generation that database and Redis have then.</summary>
    [Fact]
    public void However_the_steps_of_several_silos_interleave_they_enter_one_generation()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var chance = new Random(seed);
            ClusterRow? row = chance.Next(2) == 0 ? null : Silent;
            RedisMark? mark = chance.Next(3) switch { 0 => Mark(Old), _ => null };
            var made = 0;
            var next = new EntryStep?[3];
            var entered = new Guid?[3];
            for (var step = 0; step < 200 && entered.Any(each => each is null); step++)
            {
                var silo = chance.Next(3);
                if (step < 20 && chance.Next(40) == 0)
                    (mark, entered) = (null, new Guid?[3]);
                if (chance.Next(30) == 0)
                    next[silo] = null;
                else if (next[silo] is not { } decided)
                    next[silo] = Next(row, mark);
                else
                    next[silo] = Do(decided, silo, ref row, ref mark, entered, ref made);
            }

            Assert.All(entered, generation => Assert.NotNull(generation));
            Assert.Single(entered.Distinct());
            Assert.Equal(entered[0], row!.Generation);
            Assert.Equal(new RedisMark(Store, row.Generation, false), mark);
        }
    }

    /// <summary>As the stores do it: each changes only what is there.</summary>
    private static EntryStep? Do(EntryStep step, int silo, ref ClusterRow? row, ref RedisMark? mark, Guid?[] entered, ref int made)
    {
        switch (step)
        {
            case EntryStep.Propose:
                mark ??= new RedisMark(Store, new Guid(++made, 0, 0, new byte[8]), true);
                break;
            case EntryStep.Found found:
                row ??= Silent with { Generation = found.Generation };
                break;
            case EntryStep.Succeed succeed when row?.Generation == succeed.Old:
                row = row with { Generation = succeed.New };
                break;
            case EntryStep.Confirm when mark is { Proposed: true } && mark.Generation == row?.Generation:
                mark = mark with { Proposed = false };
                break;

            // Who enters what is over by then finds out by watching.
            case EntryStep.Enter enter when mark?.Generation == enter.Generation:
                entered[silo] = enter.Generation;
                break;
            case EntryStep.Refuse refusal:
                Assert.Fail(refusal.Reason);
                break;
        }

        return null;
    }

    private static EntryStep Next(ClusterRow? row, RedisMark? mark) => ClusterEntry.Next(Id, Store, row, mark);

    private static RedisMark Mark(Guid generation, bool proposed = false) => new(Store, generation, proposed);
}
