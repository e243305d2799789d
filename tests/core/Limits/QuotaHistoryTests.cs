using FsCheck;
using FsCheck.Fluent;
using Tumbler.Contracts.Limits;

namespace Tumbler.Core.Tests.Limits;

/// <summary>What holds whatever is asked, delayed, lost and killed: 300 histories of 400 steps.</summary>
public class QuotaHistoryTests
{
    private const int Steps = 400;

    private static readonly Gen<Step> AnyStep =
        from verb in Gen.Choose(0, 99)
        from silo in Gen.Choose(0, 2)
        from pick in Gen.Choose(0, 3_000)
        select new Step(verb, silo, pick);

    /// <summary>The verb in hundredths, at which silo, and how much or which.</summary>
    private sealed record Step(int Verb, int Silo, int Pick);

    [Fact]
    public void Never_more_than_the_limit_is_let_through_in_a_window()
    {
        var most = 0;
        Always(steps =>
        {
            var cluster = Play(steps, kills: false);
            most = Math.Max(most, cluster.Spent.Append(0).Max());
            return cluster.Spent.All(spent => spent <= 20);
        });
        Assert.Equal(20, most);
    }

    [Fact]
    public void A_killed_owner_adds_no_more_than_a_lease_that_was_on_its_way()
    {
        var most = 0;
        Always(steps =>
        {
            var cluster = Play(steps, kills: true);
            most = Math.Max(most, cluster.Spent.Append(0).Max());
            return cluster.Spent.All(spent => spent <= 20 + 20 / 6);
        });
        Assert.InRange(most, 20, 20 + 20 / 6);
    }

    [Fact]
    public void Exactly_the_limit_is_let_through_where_there_is_demand_for_it() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 9),
        Prop.ForAll(
            (from silos in Gen.Choose(1, 7)
             from limit in Gen.Choose(1, 500)
             from order in Gen.Choose(0, 6).ArrayOf(50)
             select (silos, limit, order)).ToArbitrary(),
            each =>
            {
                var cluster = new QuotaCluster(each.silos, new QuotaRule(each.limit, TimeSpan.FromMinutes(1)));
                for (var i = 0; i < 3 * each.limit * each.silos + 50; i++)
                    cluster.Serve((each.order[i % 50] + i / 50) % each.silos);
                return cluster.Spent.SequenceEqual([each.limit]);
            }));

    private static void Always(Func<Step[], bool> holds) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 9),
        Prop.ForAll(AnyStep.ArrayOf(Steps).ToArbitrary(), holds));

    private static QuotaCluster Play(Step[] steps, bool kills)
    {
        var cluster = new QuotaCluster(3, new QuotaRule(20, TimeSpan.FromSeconds(10)));
        foreach (var (verb, silo, pick) in steps)
        {
            if (verb < 60)
                cluster.Request(silo);
            else if (verb < 75)
                cluster.Deliver(silo, pick);
            else if (verb < 90)
                cluster.Answer(silo);
            else if (verb < 92)
                cluster.GiveUp(silo);
            else if (verb == 92 && kills)
                cluster.KillOwner();
            else if (verb > 97)
                cluster.Pass(TimeSpan.FromMilliseconds(pick));
        }

        return cluster;
    }
}
