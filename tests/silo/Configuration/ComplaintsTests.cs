using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Tests.Configuration;

public sealed class ComplaintsTests
{
    private static readonly SettingError Wrong = new("A:B", "is wrong");
    private static readonly SettingError Away = new("C:D", "is away") { MayPass = true };

    [Fact]
    public void One_wrong_setting_is_enough_for_another_start_not_to_help()
    {
        using var output = new StringWriter();
        var complaints = new Complaints(output);
        Assert.Equal(0, complaints.ExitCode);

        complaints.Add(Away);
        Assert.Equal(75, complaints.ExitCode);
        complaints.Add(Away, Wrong);
        Assert.Equal(78, complaints.ExitCode);
        complaints.Add(Away);
        Assert.Equal(78, complaints.ExitCode);

        Assert.Equal(
            """
            Tumbler can't start now; later it may.
              C:D: is away
            Tumbler can't start: 2 settings are wrong.
              C:D: is away
              A:B: is wrong
            Tumbler can't start now; later it may.
              C:D: is away

            """, output.ToString());
    }
}
