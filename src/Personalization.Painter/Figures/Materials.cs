namespace Personalization.Painter.Figures;

/// <summary>The colours, in white light, of what things are made of.</summary>
internal static class Materials
{
    public static Pigment Wood { get; } = Pigment.Of(0.55f, 0.085f, 60);

    public static Pigment DarkWood { get; } = Pigment.Of(0.38f, 0.065f, 50);

    public static Pigment Steel { get; } = Pigment.Of(0.74f, 0.012f, 250);

    public static Pigment Iron { get; } = Pigment.Of(0.3f, 0.012f, 260);

    public static Pigment Brass { get; } = Pigment.Of(0.76f, 0.12f, 85);

    public static Pigment Rubber { get; } = Pigment.Of(0.2f, 0.008f, 270);

    public static Pigment Stone { get; } = Pigment.Of(0.66f, 0.022f, 75);

    public static Pigment Plaster { get; } = Pigment.Of(0.9f, 0.025f, 85);

    public static Pigment China { get; } = Pigment.Of(0.95f, 0.012f, 90);

    public static Pigment Paper { get; } = Pigment.Of(0.93f, 0.03f, 88);

    public static Pigment Glass { get; } = Pigment.Of(0.8f, 0.04f, 215);

    public static Pigment Leaf { get; } = Pigment.Of(0.52f, 0.11f, 138);

    public static Pigment Crust { get; } = Pigment.Of(0.66f, 0.11f, 65);

    public static Pigment Flame { get; } = Pigment.Of(0.9f, 0.14f, 80);

    public static Pigment Smoke { get; } = Pigment.Of(0.86f, 0.006f, 260);

    public static Pigment Night { get; } = Pigment.Of(0.16f, 0.02f, 275);
}
