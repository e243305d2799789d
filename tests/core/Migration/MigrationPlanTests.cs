using System.Collections.Frozen;
using Tumbler.Contracts.Migration;
using Tumbler.Core.Migration;

namespace Tumbler.Core.Tests.Migration;

public sealed class MigrationPlanTests
{
    private const string Invoices = "https://invoices.example";

    [Theory]
    [InlineData(MigrationPhase.Dual, true, false)]
    [InlineData(MigrationPhase.JwtPreferred, true, true)]
    [InlineData(MigrationPhase.JwtOnly, false, false)]
    public void The_phase_says_what_becomes_of_a_shared_key(MigrationPhase phase, bool accepted, bool warns)
    {
        Assert.Equal(new SharedKeyDecision(null, accepted, warns), Plan(phase).Decide(null));
        Assert.Equal(new SharedKeyDecision(Invoices, accepted, warns), Plan(MigrationPhase.Dual, phase).Decide(Invoices));
    }

    [Theory]
    [InlineData("https://orders.example")]
    [InlineData("https://invoices.example/")]
    [InlineData("HTTPS://INVOICES.EXAMPLE")]
    [InlineData("")]
    public void A_service_without_a_phase_of_its_own_has_the_general_one_and_no_count_of_its_own(string service) =>
        Assert.Equal(new SharedKeyDecision(null, true, false), Plan(MigrationPhase.Dual, MigrationPhase.JwtOnly).Decide(service));

    [Fact]
    public void Without_a_plan_shared_keys_are_refused() => Assert.False(MigrationPlan.None.Decide(null).Accepted);

    private static MigrationPlan Plan(MigrationPhase phase, MigrationPhase? ofInvoices = null)
    {
        var services = new Dictionary<string, MigrationPhase>();
        if (ofInvoices is { } own)
            services[Invoices] = own;
        return new MigrationPlan(phase, services.ToFrozenDictionary(), default, null);
    }
}
