/** Stands in for a program that cannot start. */
process.stderr.write('This program is broken on purpose.\n');
process.exitCode = 3;
