using System.Diagnostics.CodeAnalysis;

namespace Personalization.Lab.Evaluation.Input;

/// <summary>What was read, or why it could not be: the file, the line, the value and what to do.</summary>
internal readonly record struct Reading<T>(T? Value, string? Problem)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value)), MemberNotNullWhen(false, nameof(Problem))]
    public bool IsRead => Value is not null;

    public static implicit operator Reading<T>(T value) => new(value, null);

    public static Reading<T> Failed(string problem) => new(null, problem);
}
