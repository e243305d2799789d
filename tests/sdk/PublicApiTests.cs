using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tumbler.Client.Tests;

/// <summary>What services build on changes only by an edit of <c>public-api.txt</c> that somebody has read.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var approved = Path.Combine(Repository.Root, "tests", "sdk", "public-api.txt");
        var received = string.Join('\n', Lines()) + "\n";

        if (!File.Exists(approved) || File.ReadAllText(approved) != received)
        {
            File.WriteAllText(Path.ChangeExtension(approved, ".received.txt"), received);
            Assert.Fail("The public surface has changed. If it should, public-api.received.txt takes the place of public-api.txt.");
        }
    }

    [Fact]
    public void What_is_asynchronous_says_so() => Assert.All(
        Types().SelectMany(type => type.GetMethods(Declared)).Where(method => method.GetCustomAttribute<AsyncStateMachineAttribute>() is not null
            || typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal)),
        method => Assert.EndsWith("Async", method.Name, StringComparison.Ordinal));

    private static Type[] Types() => typeof(TumblerTokens).Assembly.GetExportedTypes();

    private static IEnumerable<string> Lines() => Types().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(type =>
        type.GetMembers(Declared).Where(member => member is not MethodInfo { IsSpecialName: true }).Select(member => $"  {Text(member)}")
            .Order(StringComparer.Ordinal).Prepend($"{(type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface" : "class")} {type.FullName}"));

    private static string Text(MemberInfo member) => member switch
    {
        PropertyInfo property => $"{property} {{ {(property.GetMethod is { IsPublic: true } ? "get; " : "")}{(property.SetMethod is { IsPublic: true } ? "set; " : "")}}}",
        FieldInfo { IsLiteral: true } field => $"{field} = {field.GetRawConstantValue()}",
        MethodBase method => $"{(method.IsStatic ? "static " : "")}{(method as MethodInfo)?.ReturnType} {method.Name}({string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.ParameterType} {parameter.Name}{(parameter.IsOptional ? "?" : "")}"))})",
        _ => member.ToString()!,
    };
}
