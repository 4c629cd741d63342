namespace Personalization.Painter.Figures;

/// <summary>Where a thing is met.</summary>
internal enum Standing
{
    /// <summary>Far enough away to be seen whole: a building.</summary>
    Distance,
    Ground,
    Water,
    Air,

    /// <summary>In a room.</summary>
    Floor,

    /// <summary>Small enough for a table.</summary>
    Table,
}

/// <summary>A thing that is drawn as one <see cref="Form"/>.</summary>
/// <param name="Standing">Where it is met.</param>
/// <param name="Size">One of its units as a share of the picture's smaller side, when it is met there.</param>
/// <param name="Home">The place it is given when the prompt names none.</param>
/// <param name="Draw">Draws it at (0, 0).</param>
/// <param name="IsWorn">Whether people and animals have it on them.</param>
internal sealed record Thing(Standing Standing, float Size, Motif Home, Action<Form, SeededRandom> Draw, bool IsWorn = false);
