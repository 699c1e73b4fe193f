@echo off
rem The command line of Slipway on Windows, on the Java that is there.
setlocal
set "home=%~dp0.."
if not exist "%home%\slipway.jar" (
  echo slipway: "%home%\slipway.jar" is missing: unpack the whole of Slipway's zip 1>&2
  exit /b 7
)
set made_for=windows-x86_64
if exist "%home%\system" set /p made_for=<"%home%\system"
if not "%made_for%"=="windows-x86_64" (
  echo slipway: this is the zip for %made_for%: take the one for windows-x86_64 1>&2
  exit /b 7
)
set java=java
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set version=
for /f tokens^=2^ delims^=^" %%v in ('call "%java%" -version 2^>^&1 ^| findstr /c:" version "') do set "version=%%v"
if not defined version (
  echo slipway: no Java found: install a Java runtime, 17 or newer, or set JAVA_HOME 1>&2
  exit /b 7
)
for /f "delims=.-+" %%v in ("%version%") do set "major=%%v"
if %major% lss 17 (
  echo slipway: this is Java %version%, which is too old: install 17 or newer, or set JAVA_HOME to one 1>&2
  exit /b 7
)
set "memory=-Xms32m -Xmx768m -XX:+UseSerialGC -XX:MaxHeapFreeRatio=30 -XX:MinHeapFreeRatio=10"
for %%c in (convert inspect verify bench) do if "%~1"=="%%c" set "memory=-Xms32m -XX:MaxRAMPercentage=60 -XX:+UseSerialGC"
if defined SLIPWAY_JAVA_OPTIONS set "memory=%SLIPWAY_JAVA_OPTIONS%"
"%java%" %memory% --enable-native-access=ALL-UNNAMED -cp "%home%\slipway.jar;%home%\lib\*" dev.slipway.standalone.Main %*
exit /b %errorlevel%
