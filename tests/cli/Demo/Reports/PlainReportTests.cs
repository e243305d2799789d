using Tumbler.Cli.Demo;
using Tumbler.Cli.Demo.Reports;
using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Tests.Demo.Reports;

public sealed class PlainReportTests
{
    [Fact]
    public void It_tells_everything_as_lines()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var report = new PlainReport(output);
        report.Tell(new DemoEvent.Began(new DemoPlan(24, 4800)));
        report.Tell(new DemoEvent.Opened(new Uri("http://127.0.0.1:1"), new Uri("http://127.0.0.1:2/orders"), TimeSpan.FromSeconds(0.44)));
        foreach (var each in Seen.Watch(Seen.Rounds(25).Skip(8)).Events)
            report.Tell(each);
        report.Tell(new DemoEvent.Slowed(TimeSpan.FromSeconds(0.61)));
        report.Tell(new DemoEvent.Revoked(Seen.Key(2), Seen.Key(3)));
        report.Tell(new DemoEvent.Refused(Party.Service, TimeSpan.FromSeconds(0.034)));
        report.Tell(new DemoEvent.Audited(new AuditCheck(true, 3, 33, 2, 1, 1)));

        Assert.Equal(
            """
            24 hours of key rotation in 18 seconds, on a clock that runs 4,800 times faster; then an emergency in real time.

              server     http://127.0.0.1:1, a process of its own with its data in a temporary directory
              service    http://127.0.0.1:2/orders, guarded by the SDK; lets nobody in without a good token
              verifier   keeps the published keys for 12.6 hours, like the slowest of the usual libraries
              clocks     of both are the server's, to within 0.4 s of its time

                hours   signs   in the JWKS   tokens   accepted   bad ones refused
                0-6     key 1   1, 2              28         56                 56
                6-12    key 1   1, 2              36         72                 72
               12-18    key 1   1, 2              36         72                 72
               18-24    key 1   1, 2              36         72                 72
               24:00    key 2 signs (20a1b2c3), in the JWKS from the beginning
               24-30    key 2   1, 2, 3            6         12                 12

            The server is killed and started again on the usual clock; 0.6 s later it answers.
            An emergency: key 2 has leaked and is revoked; key 3 signs.
              0.03 s    the service refuses the tokens of the revoked key
            The audit log is recomputed: 33 entries, all as they were written.

            """,
            output.ToString());
    }

    [Fact]
    public void What_is_wrong_stands_in_its_line()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var report = new PlainReport(output);
        foreach (var each in Seen.Watch([Seen.Round(1, 1, new Counts { Issued = 1, FalseRejects = 2, FalseAccepts = 1 }), Seen.Round(7, 1)]).Events)
            report.Tell(each);

        Assert.Equal("    0-6     key 1   1, 2               1          0                  0   3 WRONG\n", output.ToString());
    }
}
