using System.Text;
using Orleans;
using Tumbler.Grains.Keys;

namespace Tumbler.Grains.Tests.Wire;

/// <summary>Silos of two versions talk to each other while the product is upgraded. What they say is written down in
/// <c>grain-contract.txt</c>: calls and members may be added to it; one that is renamed, retyped or gone breaks the upgrade.</summary>
public sealed class GrainContractTests
{
    [Fact]
    public void What_silos_say_to_each_other_is_what_was_approved()
    {
        var approved = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Wire", "grain-contract.txt"));
        var received = Describe();
        if (received == approved)
            return;

        var file = Path.Combine(AppContext.BaseDirectory, "Wire", "grain-contract.received.txt");
        File.WriteAllText(file, received);
        Assert.Fail($"The grain contract has changed. If an older silo can live with it, approve {file} as tests/grains/Wire/grain-contract.txt.");
    }

    private static string Describe()
    {
        var text = new StringBuilder();
        foreach (var grain in Travelling.Interfaces)
        {
            text.Append(grain.Name).Append('\n');
            foreach (var call in Travelling.Calls(grain))
            {
                var parameters = string.Join(", ", call.GetParameters().Select(parameter => Travelling.Name(parameter.ParameterType)));
                text.Append($"  {call.DeclaringType!.Name}.{call.Name}({parameters}) -> {Travelling.Name(Travelling.Answer(call))}\n");
            }
        }

        text.Append("\nnames on the wire\n");
        foreach (var name in WireNames().Order(StringComparer.Ordinal))
            text.Append($"  {name}\n");

        text.Append("\nwhat is in it\n");
        foreach (var type in Travelling.Types)
        {
            var members = type.IsEnum
                ? Enum.GetNames(type)
                : Travelling.Members(type).Select(member => $"{member.Name}: {Travelling.Name(member.PropertyType)}");
            text.Append($"  {Travelling.Name(type)} {{ {string.Join(", ", members)} }}\n");
        }

        return text.ToString();
    }

    /// <summary>Orleans names a call by interfaces and a hash of its signature.</summary>
    private static IEnumerable<string> WireNames() => typeof(IKeyRingGrain).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes(typeof(CompoundTypeAliasAttribute), inherit: false))
        .Select(alias => string.Join(' ', ((CompoundTypeAliasAttribute)alias).Components.Select(part => part is Type type ? type.Name : part.ToString())));
}
