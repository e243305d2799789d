using Tumbler.Cli.Calls;
using Tumbler.Cli.Demo.Acts;
using Tumbler.Cli.Demo.Cast;
using Tumbler.Cli.Demo.Reports;
using Tumbler.Cli.Demo.Tally;
using Tumbler.Cli.ServerPrograms;

namespace Tumbler.Cli.Demo;

/// <summary>The whole demo: days of rotation on a fast clock; then, on the usual one and with the same data, an emergency and a look at
/// the audit log.</summary>
internal sealed class DemoRun(DemoPlan plan, CliCall call, ServerProgram program, IDemoReport report)
{
    private const string Organization = "demo";

    private readonly TimeProvider clock = call.Clock;

    public async Task<Outcome<Proof>> Play(CancellationToken stop)
    {
        report.Tell(new DemoEvent.Began(plan));
        using var home = new DemoHome(call, program);
        (string Id, string Secret) client;
        Rotation rotation;

        if (!(await Stage.Open(home, plan.Rate, killList: false, clock, stop)).TryGet(out var fast, out var failure))
            return failure;
        await using (fast)
        {
            var admin = new AdminApi(fast.Http, home.ReadAdminKey());
            await admin.CreateOrganization(Organization, stop);
            client = await admin.CreateApiKey(Organization, DemoService.Scope, [Stage.Audience, Stage.OtherAudience], stop);
            var keys = new KeyBook(admin);
            await keys.Read(stop);
            report.Tell(new DemoEvent.Opened(home.Url, fast.Service.Url, fast.Clock.Error));
            using var act = new RotationAct(plan, fast, new TokenSource(fast.Http, client.Id, client.Secret), keys, report);
            rotation = await act.Play(stop);
        }

        var killed = clock.GetTimestamp();
        if (!(await Stage.Open(home, rate: 1, killList: true, clock, stop)).TryGet(out var usual, out failure))
            return failure;
        await using (usual)
        {
            report.Tell(new DemoEvent.Slowed(clock.GetElapsedTime(killed)));
            var admin = new AdminApi(usual.Http, home.ReadAdminKey());
            var keys = new KeyBook(admin);
            await keys.Read(stop);
            var tokens = new TokenSource(usual.Http, client.Id, client.Secret);
            var emergency = await new EmergencyAct(usual, admin, tokens, keys, report, clock).Play(stop);
            var audit = await AuditAct.Play(admin, stop);
            report.Tell(new DemoEvent.Audited(audit));
            var proof = new Proof(plan, rotation, emergency, audit);
            report.Tell(new DemoEvent.Ended(proof));
            return proof;
        }
    }
}
